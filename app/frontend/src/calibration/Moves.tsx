/** Who would move: shown before anything does. */
import { Icon } from "../lib/icon.tsx";
import { nt, t } from "../lib/messages.ts";
import { nameOf } from "./levels.ts";
import type { Moves as Moving } from "./types.ts";
import { Words } from "./Words.tsx";

export function Moves({ moves, done }: { moves: Moving; done: boolean }) {
  const gain = moves.students.filter((one) => one.up > one.down).length;
  const lose = moves.students.filter((one) => one.down > one.up).length;
  return (
    <section class="section" aria-labelledby="moves">
      <h2 id="moves">{done ? t("Who moved") : t("Who would move")}</h2>
      {moves.up + moves.down === 0 ? (
        <p>{t("Nobody: no annotation gets another level.")}</p>
      ) : (
        <>
          <p class="moves-sum">
            {nt("%(num)s annotation goes up", "%(num)s annotations go up", moves.up)},{" "}
            {nt("%(num)s goes down", "%(num)s go down", moves.down)}.{" "}
            {nt("%(num)s student gains", "%(num)s students gain", gain)},{" "}
            {nt("%(num)s loses", "%(num)s lose", lose)}.
          </p>
          <Students moves={moves} />
          <Examples moves={moves} />
        </>
      )}
    </section>
  );
}

function Students({ moves }: { moves: Moving }) {
  const { nameless_up: up, nameless_down: down } = moves;
  return (
    <details class="section-gap">
      <summary>{t("See who")}</summary>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("Student")}</th>
              <th scope="col" class="number">
                {t("up")}
              </th>
              <th scope="col" class="number">
                {t("down")}
              </th>
            </tr>
          </thead>
          <tbody>
            {moves.students.map((one) => (
              <Row key={one.name} name={one.name} up={one.up} down={one.down} />
            ))}
            {up + down > 0 && <Row name={t("written without a name")} up={up} down={down} />}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const Row = ({ name, up, down }: { name: string; up: number; down: number }) => (
  <tr>
    <th scope="row">{name}</th>
    <td class="number">{up || "–"}</td>
    <td class="number">{down || "–"}</td>
  </tr>
);

function Examples({ moves }: { moves: Moving }) {
  return (
    <details class="section-gap">
      <summary>{t("Read some of them")}</summary>
      <ul class="differences">
        {moves.examples.map((one) => (
          <li class="card" key={one.words.body_html + one.words.quote}>
            <Words words={one.words} short />
            <p class="small">
              {nameOf(one.before)} <Icon name="arrow-right" size={16} label={t("becomes")} />{" "}
              <strong>{nameOf(one.after)}</strong>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
