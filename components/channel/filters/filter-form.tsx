"use client";

import { FILTER_KINDS, type Filter } from "@/lib/subscriptions/filter";
import type { ChoiceColumn, ValueCount } from "@/lib/subscriptions/values";
import { ChoiceForm } from "./choice-form";
import { CountForm } from "./count-form";
import type { FilterColumn } from "./filter-column";
import { TextForm } from "./text-form";
import { TimeForm } from "./time-form";

/** What a form needs to know of the rows. */
export type RowFacts = {
  /** The values of a column in the rows in hand. */
  readonly valuesOf: (column: ChoiceColumn) => readonly ValueCount[];
  /** The rows in hand are all there are. */
  readonly complete: boolean;
  /** The moment from which days are counted back. */
  readonly now: Date;
};

export type FilterFormProps = RowFacts & {
  column: FilterColumn;
  filter: Filter | undefined;
  /** Null asks for no filter. */
  onApply: (filter: Filter | null) => void;
};

const FORMS = { text: TextForm, choice: ChoiceForm, count: CountForm, time: TimeForm };

/** The questions that a column knows, by its kind. */
export function FilterForm(props: FilterFormProps) {
  const Form = FORMS[FILTER_KINDS[props.column.id]];
  return <Form {...props} />;
}
