"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ComponentProps, useRef, useState, useTransition } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Form, focusFirst } from "@/components/ui/field";
import { callAction, type Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { FailureText } from "./failure";

/** Why an action failed: a failure of the desk, or it was unreachable. */
type Problem = Failure | "unreachable";

/** Calls a server action, one call at a time, and then refreshes the page. */
export function useAction<Input, Value>(
  action: (input: Input) => Promise<Deferred<Result<Value, Failure>>>,
  onDone: (value: Value) => void,
) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, start] = useTransition();
  // Two clicks may come before the first render.
  const isRunning = useRef(false);

  async function call(input: Input): Promise<void> {
    setProblem(null);
    try {
      const result = await callAction(action, input);
      if (result.ok) onDone(result.value);
      else setProblem(result.failure);
      router.refresh();
    } catch {
      setProblem("unreachable");
    } finally {
      isRunning.current = false;
    }
  }
  return {
    run(input: Input): void {
      if (isRunning.current) return;
      isRunning.current = true;
      start(() => call(input));
    },
    isPending,
    problem,
  };
}

/** Why an action failed, and what to do. */
export function ActionProblem({ problem }: { problem: Problem | null }) {
  const t = useTranslations("failed.unreachable");
  if (problem === null) return null;
  return (
    <Alert>
      {problem === "unreachable" ? (
        <FailureText failure={null} remedy={t("remedyOfChange")} />
      ) : (
        <FailureText failure={problem} />
      )}
    </Alert>
  );
}

type ActionFormProps = Omit<ComponentProps<typeof Form>, "action"> & {
  action: Pick<ReturnType<typeof useAction>, "isPending" | "problem">;
  /** The label of the button that submits, and its look. */
  submit: string;
  variant?: ComponentProps<typeof Button>["variant"];
  /** Adds the button Cancel, which has the focus at first if `isCautious`. */
  onCancel?: () => void;
  isCautious?: boolean;
};

/** The fields of an action, why it failed, and its buttons. */
export function ActionForm(props: ActionFormProps) {
  const { action, submit, variant, onCancel, isCautious, className = "", ...rest } = props;
  const { children, ...form } = rest;
  const { isPending, problem } = action;
  const t = useTranslations("ui");
  return (
    <Form {...form} className={`grid grid-cols-[minmax(0,1fr)] gap-4 ${className}`}>
      {children}
      {!isPending && <ActionProblem problem={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={variant} aria-disabled={isPending}>
          {submit}
        </Button>
        {onCancel && (
          <Button ref={isCautious ? focusFirst : undefined} onClick={onCancel}>
            {t("cancel")}
          </Button>
        )}
      </div>
    </Form>
  );
}
