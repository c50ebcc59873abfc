// One section that may leave, line by line as it leaves, with the tick that keeps it here.
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { useLeaf } from "../../parts/leaf.ts";
import { Tick } from "../../ui/choice.tsx";
import { Group } from "../../ui/frame.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";
import styles from "./send.module.css";

export type Line = {
  readonly path: readonly string[];
  readonly value: JsonValue;
  readonly freeText: boolean;
};

export function SectionLines({
  name,
  number,
  goes,
  onGoes,
  end,
  lines,
  nothing,
  free,
}: {
  readonly name: SectionName;
  readonly number: number | undefined;
  readonly goes: boolean;
  readonly onGoes: (goes: boolean) => void;
  readonly end?: string | undefined;
  /** None while it is being asked what would leave. */
  readonly lines: readonly Line[] | undefined;
  /** Said where it goes and has no line. */
  readonly nothing: string;
  /** Free text that goes only where it is ticked. */
  readonly free?: {
    readonly ticked: (line: Line) => boolean;
    readonly onTick: (line: Line, ticked: boolean) => void;
  };
}) {
  const texts = useTexts();
  const leaf = useLeaf();
  const facts = (lines ?? []).filter(({ freeText }) => !freeText);
  const written = (lines ?? []).filter(({ freeText }) => freeText);
  return (
    <Group
      title={
        <Tick value={goes} onChange={onGoes}>
          {leaf.sectionOf(name, number)}
        </Tick>
      }
      end={goes ? end : texts.t("screens.send.share.leftHere")}
    >
      {!goes || lines === undefined ? null : lines.length === 0 ? (
        <p className={styles["quiet"]}>{nothing}</p>
      ) : (
        <>
          <Facts>
            {facts.map((line, at) => (
              // Two answers to one question stand at one path.
              <Fact key={`${line.path.join(".")} ${at}`} label={leaf.labelOf(name, line.path)}>
                <bdi>{leaf.valueOf(name, line.path, line.value)}</bdi>
              </Fact>
            ))}
          </Facts>
          {written.map((line, at) => (
            <div key={`${line.path.join(".")} ${at}`} className={styles["written"]}>
              <p className={styles["quiet"]}>{leaf.labelOf(name, line.path)}</p>
              <p className={styles["words"]} dir="auto">
                {leaf.valueOf(name, line.path, line.value)}
              </p>
              {free === undefined ? null : (
                <Tick
                  value={free.ticked(line)}
                  onChange={(now) => free.onTick(line, now)}
                  note={texts.t(
                    free.ticked(line) ? "screens.send.extract.textGoes" : "screens.send.extract.textStays",
                  )}
                >
                  {texts.t("screens.send.extract.haveRead")}
                </Tick>
              )}
            </div>
          ))}
        </>
      )}
    </Group>
  );
}
