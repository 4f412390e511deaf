import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../lib/messages.ts";
import { type Book, type Row, rows } from "./book.ts";
import { onKey, onPointer } from "./keys.ts";
import { editing, place } from "./moving.ts";
import { ScoreCell } from "./ScoreCell.tsx";

const HEIGHT = 40;
const MARGIN = 6;

/** The rows that are on screen, and a few around them: five hundred students are no heavier than thirty. */
function useWindow(count: number, around: number) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const fits = Math.ceil((box.current?.clientHeight ?? 600) / HEIGHT);
  const first = Math.max(0, Math.min(Math.floor(top / HEIGHT), count - fits) - MARGIN);
  const last = Math.min(count, first + fits + 2 * MARGIN);
  useEffect(() => {
    const frame = box.current;
    if (!frame) return;
    const [above, below] = [around * HEIGHT, (around + 2) * HEIGHT];
    if (above < frame.scrollTop) frame.scrollTop = above;
    else if (below > frame.scrollTop + frame.clientHeight) frame.scrollTop = below - frame.clientHeight;
  }, [around]);
  return { box, first, last, onScroll: () => setTop(box.current?.scrollTop ?? 0) };
}

/** Space for rows that are not drawn. */
function Gap({ count }: { count: number }) {
  return count > 0 ? (
    <tr>
      <td class="grid-gap" style={{ height: `${count * HEIGHT}px` }} />
    </tr>
  ) : null;
}

function Head({ book }: { book: Book }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" class="grid-name">
          {t("Name")}
        </th>
        {book.columns.map((column) => (
          <th scope="col" key={column.id}>
            <a href={`/assignments/${column.id}/scores`} title={column.title}>
              {column.title}
            </a>
            <span class="grid-of">
              {t("of %(most)s", { most: column.out_of })}
              {column.released && ` · ${t("released")}`}
            </span>
          </th>
        ))}
        <th scope="col">
          {t("Course")}
          <span class="grid-of">{t("of %(most)s", { most: book.out_of })}</span>
        </th>
      </tr>
    </thead>
  );
}

function Line({ row, line, book, course }: { row: Row; line: number; book: Book; course: string }) {
  const { row: at, column } = place.value;
  return (
    <tr aria-rowindex={line + 2} style={{ height: `${HEIGHT}px` }}>
      <th scope="row" class="grid-name">
        <a
          href={`/courses/${course}/students/${row.id}`}
          data-place={`${line}:0`}
          tabIndex={at === line && column === 0 ? 0 : -1}
        >
          {row.name || t("Somebody")}
        </a>
      </th>
      {book.columns.map((each, index) => (
        <ScoreCell
          key={each.id}
          row={row}
          column={each}
          at={index}
          line={line}
          active={at === line && column === index + 1}
        />
      ))}
      <td class="grid-total" aria-colindex={book.columns.length + 2}>
        {row.total ?? "–"}
      </td>
    </tr>
  );
}

export function Grid({ book, course }: { book: Book; course: string }) {
  const found = rows.value;
  const { row, column } = place.value;
  const { box, first, last, onScroll } = useWindow(found.length, row);
  const moved = useRef(false);
  const typing = editing.value !== null;
  // Before the next key can come: an effect that waited for the paint would run late, for a drawing before this one.
  useLayoutEffect(() => {
    // The cell's field looks after its own focus, and the page's focus is left alone until somebody is in the grid.
    const inside = box.current?.contains(document.activeElement) || moved.current;
    if (inside && !typing)
      box.current?.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)?.focus();
    moved.current = false;
  });
  const shown = found.slice(first, last);
  return (
    <div class="grid-frame" ref={box} onScroll={onScroll}>
      <table
        class="score-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: WAI-ARIA's grid pattern keeps the table's rows and headers
        role="grid"
        aria-label={t("Points of the class")}
        aria-rowcount={found.length + 1}
        aria-colcount={book.columns.length + 2}
        onKeyDown={(event) => {
          moved.current = true;
          onKey(event);
        }}
        onClick={onPointer}
        onDblClick={onPointer}
      >
        <Head book={book} />
        <tbody>
          <Gap count={first} />
          {shown.map((each, index) => (
            <Line key={each.id} row={each} line={first + index} book={book} course={course} />
          ))}
          <Gap count={found.length - last} />
        </tbody>
      </table>
    </div>
  );
}
