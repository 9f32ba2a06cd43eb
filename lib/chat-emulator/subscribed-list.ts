import type { Answer, Circumstances, Command } from "./command";
import { askedFields } from "./filters";
import type { JsonObject } from "./json";
import { readPage } from "./page";
import { findPersona, listOf, type Persona } from "./persona";
import { Refusal } from "./refusal";
import { BASE_FIELDS, channelRow, SELF_FIELDS, selfInfo } from "./rows";

interface Request {
  readonly subscriberId: string;
  readonly limit: number;
  readonly offset: number;
  readonly baseFields: readonly string[];
  readonly selfFields: readonly string[];
}

/** get_subscribed_official_account_list: a page of the channels one person follows. */
export const subscribedList: Command = (body, circumstances) => {
  const request = parseRequest(body);
  // The vendor's page has no code for an unknown person, so he is one who follows nothing.
  const persona = findPersona(request.subscriberId) ?? { ...NOBODY, id: request.subscriberId };
  return answer(persona, request, circumstances);
};

const NOBODY: Persona = { id: "", shows: "", follows: 0 };

function answer(persona: Persona, request: Request, circumstances: Circumstances): Answer {
  const call = circumstances.nextCall(persona.id);
  if (persona.refuses?.when(call)) throw new Refusal(persona.refuses.code);
  if (request.limit > (persona.largestLimit ?? request.limit)) throw new Refusal(10018);
  const range = {
    offset: request.offset,
    limit: Math.min(request.limit, circumstances.maxRows, persona.maxRows ?? request.limit),
  };
  const plain = readPage(listOf(persona, call, circumstances.now), range);
  const page = persona.pageFault?.(plain, range) ?? plain;
  return {
    fields: {
      TotalCount: page.total,
      OfficialAccountInfoList: page.subscriptions.map((subscription) =>
        Object.assign(channelRow(subscription.channel, request.baseFields, circumstances), {
          SelfInfo: selfInfo(subscription, request.selfFields, circumstances),
        }),
      ),
      CompleteFlag: page.complete ? 1 : 0,
      Next: page.next,
    },
    ...(persona.bodyFault && { finish: persona.bodyFault }),
    ...(persona.delivery && { delivery: persona.delivery }),
  };
}

function parseRequest(body: JsonObject): Request {
  const { Subscriber_Account: subscriberId, ResponseFilter: filter } = body;
  if (subscriberId === undefined || subscriberId === "") {
    throw new Refusal(6017, "Subscriber_Account is required");
  }
  if (typeof subscriberId !== "string") throw new Refusal(60015);
  return {
    subscriberId,
    limit: wholeNumber(body, "Limit", { absent: 200, least: 1, most: 200 }),
    offset: wholeNumber(body, "Offset", { absent: 0, least: 0, most: 0xffffffff }),
    baseFields: askedFields(filter, "OfficialAccountBaseInfoFilter", BASE_FIELDS),
    selfFields: askedFields(filter, "SelfInfoFilter", SELF_FIELDS),
  };
}

function wholeNumber(
  body: JsonObject,
  name: string,
  { absent, least, most }: { absent: number; least: number; most: number },
): number {
  const value = body[name] === undefined ? absent : body[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw new Refusal(6017, `${name} should be an integer from ${least} to ${most}`);
  }
  return value;
}
