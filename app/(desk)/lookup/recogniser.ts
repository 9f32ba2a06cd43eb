import { recognise } from "@/lib/paste/recognise";
import { RecognisedIds } from "./recognised-ids";
import { RecognisedAsk, RecognisedSentences } from "./recognised-note";
import { pasted } from "./recognised-paste";
import { isItself, questionParams } from "./recognised-question";

/** All that is done with a text that is more than an id: few lookups need it. */
export const RECOGNISER = {
  recognise,
  isItself,
  pasted,
  questionParams,
  Sentences: RecognisedSentences,
  Ask: RecognisedAsk,
  Ids: RecognisedIds,
};
