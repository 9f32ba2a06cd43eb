/** Why a change was not made, said at once. */
export function ProblemText({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <p role="alert" className="text-bad text-dense">
      {problem}
    </p>
  );
}
