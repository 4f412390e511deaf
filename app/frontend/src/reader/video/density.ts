/** How much is written along a timeline. Pure, so that it can be tested. */
import type { Span } from "../types.ts";

/** What is written in a part, how many open questions, and how many people are lost there. */
export type Bin = { all: number; questions: number; lost: number };
type Weighed = { span: Span | null; question: boolean; solved: boolean; replies: readonly unknown[] };

/** `count` equal parts of the axis; a thread weighs more with its replies, and each person who is lost there counts. */
export function densityOf(
  threads: readonly Weighed[],
  lost: readonly number[],
  length: number,
  count: number,
): Bin[] {
  const bins: Bin[] = Array.from({ length: count }, () => ({ all: 0, questions: 0, lost: 0 }));
  const partsOf = ({ start, end }: Span): Bin[] => {
    const place = (at: number) =>
      Math.min(count - 1, Math.max(0, Math.floor((at / Math.max(0.001, length)) * count)));
    return bins.slice(place(start), place(Math.max(start, end)) + 1);
  };
  for (const { span, question, solved, replies } of threads)
    for (const bin of span ? partsOf(span) : []) {
      bin.all += 1 + replies.length / 2;
      if (question && !solved) bin.questions += 1;
    }
  lost.forEach((people, step) => {
    const at = ((step + 0.5) / lost.length) * length;
    for (const bin of partsOf({ start: at, end: at })) bin.lost = Math.max(bin.lost, people);
  });
  return bins;
}
