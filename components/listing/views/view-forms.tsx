"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bell, BellRing } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Form, Input } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { callAction, type Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { foldedText } from "@/lib/subscriptions/folded-text";
import type { SavedView, ViewPage } from "@/lib/views/saved-views";
import type {
  AlertChange,
  AlertInput,
  NewViewInput,
  RenamedViewInput,
  SavedViewChange,
} from "@/lib/views/view-actions";
import {
  MAX_VIEW_ALERTS,
  MAX_VIEW_NAME,
  MAX_VIEW_QUERY,
  tidyViewName,
} from "@/lib/views/view-query";
import { visibleText } from "@/lib/visible-text";

type SaveViewProps = {
  views: PageViews;
  query: string;
  onDone: (message: string) => void;
};

/** Saves the current view under a name, for this person or for the team. */
export function SaveView({ views, query, onDone }: SaveViewProps) {
  const t = useTranslations("views");
  const { data } = useSavedViews(views);
  const { change, isPending, problem } = useSavedViewChange(views, views.save, onDone);
  const [isTeam, setTeam] = useState(false);
  if (query.length > MAX_VIEW_QUERY) {
    return (
      <p role="alert" className="text-bad">
        {t("tooLong", { length: query.length, max: MAX_VIEW_QUERY })}
      </p>
    );
  }
  const replaces = (typed: string) => {
    const key = foldedText(tidyViewName(typed) ?? "");
    const own = data?.ok ? data.value.filter((view) => view.madeBy === null) : [];
    return own.some((view) => view.isTeam === isTeam && foldedText(view.name) === key);
  };
  return (
    <NameForm
      start=""
      submitLabel={(typed) => t(replaces(typed) ? "replace" : "submit")}
      {...{ isPending, problem, onDone }}
      onSubmit={(name) => change({ name, query, isTeam }, t("saved", { name: visibleText(name) }))}
    >
      <fieldset>
        <legend className="font-medium">{t("forWhom")}</legend>
        {[false, true].map((team) => (
          <label key={String(team)} className="flex min-h-7 items-center gap-2">
            <input
              type="radio"
              name="for-whom"
              checked={isTeam === team}
              onChange={() => setTeam(team)}
              className="size-4 shrink-0 accent-accent"
            />
            {t(team ? "wholeTeam" : "onlyMe")}
          </label>
        ))}
      </fieldset>
    </NameForm>
  );
}

type ChangeProps = {
  views: PageViews;
  view: SavedView;
  /** Receives the result as a sentence, and whether the view no longer exists. */
  onDone: (message: string, isGone?: boolean) => void;
};

/** Renames a view. */
export function RenameView({ views, view: { id, name }, onDone }: ChangeProps) {
  const t = useTranslations("views");
  const { change, isPending, problem } = useSavedViewChange(views, views.rename, onDone);
  return (
    <NameForm
      start={name}
      submitLabel={() => t("submit")}
      {...{ isPending, problem, onDone }}
      onSubmit={(next) => change({ id, name: next }, t("renamed", { name: visibleText(next) }))}
    />
  );
}

/** Deletes a view after a confirmation in the menu. */
export function DeleteView({ views, view: { id, name, isTeam }, onDone }: ChangeProps) {
  const t = useTranslations("views");
  const { change, isPending, problem } = useSavedViewChange(views, views.remove, (message) =>
    onDone(message, true),
  );
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const shown = visibleText(name);
  return (
    <fieldset
      className="grid grid-cols-[minmax(0,1fr)] gap-2 px-1.5 py-2"
      aria-label={t("delete", { name: shown })}
    >
      <p className="break-words">
        {t.rich(isTeam ? "confirmTeam" : "confirm", {
          name: shown,
          apart: (chunks) => <bdi>{chunks}</bdi>,
        })}
      </p>
      {problem && (
        <p role="alert" className="text-bad text-dense">
          {problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button
          variant="danger"
          aria-disabled={isPending}
          onClick={() => change(id, t("deleted", { name: shown }))}
        >
          {t("confirmDelete")}
        </Button>
        <Button ref={keep} onClick={() => onDone("")}>
          {t("keep")}
        </Button>
      </div>
    </fieldset>
  );
}

type NameFormProps = {
  start: string;
  /** Returns the label of the submit button for the typed name. */
  submitLabel: (name: string) => string;
  isPending: boolean;
  problem: string | null;
  onSubmit: (name: string) => void;
  onDone: (message: string) => void;
  children?: ReactNode;
};

function NameForm(props: NameFormProps) {
  const { start, submitLabel, isPending, problem, onSubmit, onDone, children } = props;
  const t = useTranslations("views");
  const [typed, setTyped] = useState(start);
  const [isInvalid, setInvalid] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  const submit = () => {
    const name = tidyViewName(typed);
    setInvalid(name === null);
    if (name !== null) onSubmit(name);
    else input.current?.focus();
  };
  return (
    <Form className="grid grid-cols-[minmax(0,1fr)] gap-2 px-1.5 py-2" onSubmit={submit}>
      <Field label={t("name")} error={isInvalid && t("nameUnfit", { max: MAX_VIEW_NAME })}>
        {(control) => (
          <Input
            {...control}
            ref={input}
            value={typed}
            maxLength={MAX_VIEW_NAME}
            dir="auto"
            autoComplete="off"
            onChange={(event) => {
              setTyped(event.target.value);
              setInvalid(false);
            }}
          />
        )}
      </Field>
      {children}
      {problem && (
        <p role="alert" className="text-bad text-dense">
          {problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" aria-disabled={isPending}>
          {submitLabel(typed)}
        </Button>
        <Button onClick={() => onDone("")}>{t("cancel")}</Button>
      </div>
    </Form>
  );
}

/** The saved views of one page: its server actions, and the query that it saves. */
export type PageViews = {
  readonly page: ViewPage;
  readonly list: (input: null) => Promise<Deferred<Result<SavedView[], Failure>>>;
  readonly save: (input: NewViewInput) => Promise<Deferred<SavedViewChange>>;
  readonly rename: (input: RenamedViewInput) => Promise<Deferred<SavedViewChange>>;
  readonly remove: (id: string) => Promise<Deferred<SavedViewChange>>;
  /** Returns the part of a query that a view saves, in one canonical form for comparison. */
  readonly canonical: (query: string) => string;
  /** Alerts when a channel enters a view, where the page has them. */
  readonly alerts?: {
    readonly list: (input: {
      readonly app: string;
    }) => Promise<Deferred<Result<string[], Failure>>>;
    readonly set: (input: AlertInput) => Promise<Deferred<AlertChange>>;
  };
};

type ViewAlertProps = {
  alerts: NonNullable<PageViews["alerts"]>;
  app: string;
  view: SavedView;
  /** Receives the result as a sentence. */
  onDone: (message: string) => void;
};

/** Turns the person's alert for a view on or off. */
export function ViewAlert({ alerts, app, view, onDone }: ViewAlertProps) {
  const t = useTranslations("views");
  const queries = useQueryClient();
  const queryKey = ["views", "alerts", app];
  const queryFn = () => callAction(alerts.list, { app });
  const { data } = useQuery({ queryKey, queryFn, staleTime: 0 });
  const name = visibleText(view.name);
  const isOn = data?.ok === true && data.value.includes(view.id);
  const { mutate, isPending } = useMutation({
    mutationFn: () => callAction(alerts.set, { app, viewId: view.id, isOn: !isOn }),
    onSuccess: async (change) => {
      await queries.invalidateQueries({ queryKey });
      if (!change.ok) onDone(`${change.failure.happened} ${change.failure.remedy}`);
      else if (change.value.ok) onDone(t(isOn ? "alertOff" : "alertOn", { name }));
      else if (change.value.failure === "tooMany")
        onDone(t("refused.tooManyAlerts", { max: MAX_VIEW_ALERTS }));
      else onDone(t(`refused.${change.value.failure}`));
    },
    onError: () => onDone(t("unreachable")),
  });
  return (
    <IconButton
      label={t("alert", { name })}
      aria-pressed={isOn}
      aria-disabled={isPending || !data?.ok}
      className="aria-pressed:text-accent-ink"
      onClick={() => isPending || !data?.ok || mutate()}
    >
      {isOn ? <BellRing aria-hidden /> : <Bell aria-hidden />}
    </IconButton>
  );
}

/** Reads the views this person may apply, again at each opening: the team may have changed them. */
export function useSavedViews({ page, list }: PageViews) {
  return useQuery({
    queryKey: ["views", page],
    queryFn: () => callAction(list, null),
    staleTime: 0,
  });
}

/** Changes the views. Calls `onDone` on success and if the view no longer exists. */
function useSavedViewChange<Input>(
  { page }: PageViews,
  action: (input: Input) => Promise<Deferred<SavedViewChange>>,
  onDone: (message: string, isGone: boolean) => void,
) {
  const t = useTranslations("views");
  const queries = useQueryClient();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: ({ input }: { input: Input; done: string }) => callAction(action, input),
    onSuccess: async (change, { done }) => {
      if (!change.ok) return;
      const outcome = change.value;
      if (!outcome.ok && outcome.failure !== "gone") return;
      await queries.invalidateQueries({ queryKey: ["views", page] });
      onDone(outcome.ok ? done : t("refused.gone"), !outcome.ok);
    },
  });
  const problem = () => {
    if (error) return t("unreachable");
    if (!data) return null;
    if (!data.ok) return `${data.failure.happened} ${data.failure.remedy}`;
    return data.value.ok ? null : t(`refused.${data.value.failure}`);
  };
  return {
    /** Sends the change unless one is pending. `done` is the message after success. */
    change: (input: Input, done: string) => {
      if (!isPending) mutate({ input, done });
    },
    isPending,
    problem: isPending ? null : problem(),
  };
}
