/** The gradebook: a grid for the keyboard. */
import { render } from "preact";
import { book, open } from "../gradebook/book.ts";
import { Grid } from "../gradebook/Grid.tsx";
import { Histogram, Tools } from "../gradebook/Tools.tsx";
import { t } from "../lib/messages.ts";

function Gradebook({ course }: { course: string }) {
  const found = book.value;
  if (!found) return <p class="soft">{t("Getting the scores …")}</p>;
  return (
    <>
      <Tools book={found} />
      <Grid book={found} course={course} />
      <div class="grid-foot">
        {found.mode === "ungraded" ? (
          <p class="small soft">{t("There are no points in this course.")}</p>
        ) : (
          <p class="small soft">
            {t(
              "Arrow keys move. Type points and press Enter; Delete goes back to what was worked out; x excuses. What you set is marked, and noted with your name.",
            )}
          </p>
        )}
        <Histogram book={found} />
      </div>
    </>
  );
}

const root = document.getElementById("gradebook");
if (root) {
  const course = root.dataset.course ?? "";
  root.textContent = "";
  render(<Gradebook course={course} />, root);
  open(course).catch((error: Error) => {
    render(<p role="alert">{error.message}</p>, root);
  });
}
