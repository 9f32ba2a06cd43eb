"use client";

import { ChoiceForm } from "./choice-form";
import { CountForm } from "./count-form";
import type { Question } from "./question";
import { TextForm } from "./text-form";
import { TimeForm } from "./time-form";

const FORMS = { text: TextForm, choice: ChoiceForm, count: CountForm, time: TimeForm };

/** The questions that a column knows, by its kind. */
export function FilterForm(question: Question) {
  const Form = FORMS[question.column.kind];
  return <Form {...question} />;
}
