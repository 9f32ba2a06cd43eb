"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import {
  answerOrEarlier,
  FailureAlert,
  RefreshFailed,
  refreshFailure,
} from "@/components/action/failure";
import { ReadAt } from "@/components/channel/relative-time";
import { RowDrawer, type RowDrawerProps } from "@/components/listing/row-drawer";
import { Alert } from "@/components/ui/alert";
import { callAction } from "@/lib/call-action";
import { FIELDS, type Field, type Subscription } from "@/lib/chat-api/types";
import type { Failure } from "@/lib/failure";
import type { LookupInput } from "../actions";
import type { ListAnswer } from "../list/list-answer";
import { ChannelFacts } from "./channel-facts";
import { type Row, type RowInput, type RowResult, readRow } from "./row-actions";

type ChannelDrawerProps = Pick<RowDrawerProps, "channelId" | "rows" | "onOpen"> & {
  input: Pick<LookupInput, "app" | "subscriberId">;
  /** The list, whose row shows until it is read again. */
  answer: ListAnswer | null;
  /** The fields to read. */
  readable: readonly Field[];
  /** The fields that the role sees after giving a reason. */
  masked: readonly Field[];
};

/** The drawer of one row, with all fields that the role may see. */
export function ChannelDrawer(props: ChannelDrawerProps) {
  const { input, channelId, answer, readable, masked, rows, onOpen } = props;
  const { app, subscriberId } = input;
  const t = useTranslations("drawer");
  const labels = useTranslations("fields");
  const format = useFormatter();
  const index = answer?.rows.findIndex((row) => row.channelId === channelId) ?? -1;
  const inHand = answer?.rows[index] ?? null;
  const inHandAt = (inHand && answer?.readTo) ?? null;
  const offsetHint = answer && inHand ? answer.offset + index : null;
  const { data, error, isFetching, refetch } = useRow(
    { app, subscriberId, channelId, offsetHint },
    readable,
  );

  const refresh = () => void refetch({ cancelRefetch: false });
  const row = data?.ok ? data.value : null;
  const subscription = row?.subscription.answer === "yes" ? row.subscription.subscription : null;
  const facts = row ? merged(row.channel ?? inHand, subscription) : inHand;
  const hidden = FIELDS.filter((field) => !readable.includes(field) && !masked.includes(field));
  return (
    <RowDrawer
      {...{ app, channelId, rows, onOpen }}
      title={facts?.name ?? channelId}
      reading={isFetching}
      onRefresh={refresh}
    >
      <DrawerAnswer
        {...{ subscriberId, row, error, inHand, inHandAt }}
        failure={data?.ok === false ? data.failure : null}
        retry={{ retrying: isFetching, onRetry: refresh }}
        onDefaultApp={() => onOpen(null)}
      />
      <p className="text-muted tabular-nums">
        {row ? (
          <ReadAt at={row.readAt} say={(when) => t("read", { ...when, duration: row.duration })} />
        ) : (
          inHandAt && <span>{t("fromList", { time: format.dateTime(inHandAt, "time") })}</span>
        )}{" "}
        <span role="status">{isFetching && t("reading")}</span>
      </p>
      <ChannelFacts
        key={channelId}
        {...{ channelId, facts, readable, masked }}
        isSubscription={row?.subscription.answer !== "no"}
        pending={isFetching && row === null}
      />
      {hidden.length > 0 && (
        <p className="text-muted">
          {t("notShown", { fields: hidden.map((field) => labels(field)).join(", ") })}
        </p>
      )}
    </RowDrawer>
  );
}

/** What was read of a channel and of its subscription, in one. */
function merged(
  channel: Subscription | null,
  subscription: Subscription | null,
): Partial<Subscription> {
  const unreadable = [...(channel?.unreadable ?? []), ...(subscription?.unreadable ?? [])];
  return { ...channel, ...subscription, ...(unreadable.length > 0 && { unreadable }) };
}

type DrawerAnswerProps = {
  subscriberId: string;
  row: Row | null;
  failure: Failure | null;
  error: Error | null;
  inHand: Subscription | null;
  inHandAt: Date | null;
  retry: { retrying: boolean; onRetry: () => void };
  onDefaultApp: () => void;
};

/** Differences from the list, or the failure. */
function DrawerAnswer(props: DrawerAnswerProps) {
  const { subscriberId, row, failure, error, inHand, inHandAt, retry, onDefaultApp } = props;
  const t = useTranslations("drawer");
  const format = useFormatter();
  if (failure || (error && !row)) {
    return <FailureAlert {...{ failure, onDefaultApp, ...retry }} />;
  }
  if (!row) return inHand && <Subscribed subscriberId={subscriberId} at={inHand.subscribedAt} />;
  return (
    <>
      {error && <RefreshFailed failure={refreshFailure(error)} readAt={row.readAt} {...retry} />}
      {row.channel === null && (
        <Alert tone="warn">
          <p>{t("gone")}</p>
          {inHand && inHandAt && (
            <p>{t("goneInHand", { time: format.dateTime(inHandAt, "time") })}</p>
          )}
        </Alert>
      )}
      <Follows subscriberId={subscriberId} answer={row.subscription} />
    </>
  );
}

type FollowsProps = { subscriberId: string; answer: Row["subscription"] };

function Follows({ subscriberId, answer }: FollowsProps) {
  const t = useTranslations("drawer");
  if (answer.answer === "yes") {
    return <Subscribed subscriberId={subscriberId} at={answer.subscription.subscribedAt} />;
  }
  if (answer.answer === "no") {
    return (
      <Alert tone="warn">
        <p>{t("followsNot", { subscriberId, read: answer.read })}</p>
      </Alert>
    );
  }
  const { why, read, total } = answer;
  return (
    <Alert tone="warn">
      <p>{t("cannotSay", { subscriberId, read, total })}</p>
      <p>{t(SAID.has(why) ? `why.${why as "paused"}` : "why.failed")}</p>
    </Alert>
  );
}

type SubscribedProps = { subscriberId: string; at: Date | null | undefined };

/** Since when the subscriber has followed the channel, if that is known. */
function Subscribed({ subscriberId, at }: SubscribedProps) {
  const t = useTranslations("drawer");
  const format = useFormatter();
  if (!at) return <p>{t("follows", { subscriberId })}</p>;
  return (
    <p className="font-medium" title={format.dateTime(at, "exact")}>
      {t("followsSince", { since: format.dateTime(at, "longDay") })}
    </p>
  );
}

const SAID: ReadonlySet<string> = new Set(["changed", "endless", "paused"]);

/** One row, read anew whenever it is opened. A failure is an answer too. */
function useRow(input: RowInput, readable: readonly Field[]) {
  const client = useQueryClient();
  const { app, subscriberId, channelId } = input;
  const queryKey = ["row", app, subscriberId, channelId, readable.join()];
  return useQuery<RowResult>({
    queryKey,
    queryFn: async () => {
      const result = await callAction(readRow, input);
      return answerOrEarlier(result, client.getQueryData<RowResult>(queryKey));
    },
    staleTime: 0,
    gcTime: 0,
  });
}
