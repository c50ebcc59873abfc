// A new passphrase: typed or made by chance, and how long it would hold while it is typed.
import { Plus, Shuffle } from "lucide-react";
import { useEffect, useState } from "react";
import { call, type Value } from "../bridge/bridge.ts";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { Passphrase } from "../ui/field.tsx";
import { Why } from "../ui/notice.tsx";
import styles from "./new-passphrase.module.css";

/** Asked after this many milliseconds without a key. */
const judgeAfter = 150;

export function NewPassphrase({
  value,
  onChange,
  label,
  autoFocus = false,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly autoFocus?: boolean;
}) {
  const texts = useTexts();
  const [judged, setJudged] = useState<Value<"vault.judge">>();
  const [chosen, setChosen] = useState<string>();
  // What it is judged by takes seconds to load: begun before the first key.
  useEffect(() => void call("vault.judge", { passphrase: "a" }), []);
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(() => {
      if (value === "") setJudged(undefined);
      else
        void call("vault.judge", { passphrase: value }).then((answer) => {
          if (!gone && answer.ok) setJudged(answer.value);
        });
    }, judgeAfter);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [value]);
  const choose = async () => {
    const made = await call("vault.suggest", {});
    if (!made.ok) return;
    setChosen(made.value.passphrase);
    onChange(made.value.passphrase);
  };
  return (
    <div className={styles["new"]}>
      <Passphrase
        key={chosen}
        label={label ?? texts.t("screens.passphrase.new")}
        value={value}
        onChange={onChange}
        autoFocus={autoFocus || chosen !== undefined}
        shown={chosen !== undefined}
        {...(chosen !== undefined && chosen === value ? { help: texts.t("screens.passphrase.chosen") } : {})}
      />
      {judged === undefined ? null : <Strength judged={judged} />}
      <p className={styles["way"]}>
        <Shuffle aria-hidden />
        <span>
          {texts.t("screens.passphrase.chance")}{" "}
          <Button kind="link" onPress={() => void choose()}>
            {texts.t("screens.passphrase.chooseForMe")}
          </Button>
        </span>
      </p>
      <p className={styles["not"]}>
        {texts.t("screens.passphrase.not")} <Why>{texts.t("screens.passphrase.notWhy")}</Why>
      </p>
    </div>
  );
}

const weaknesses = {
  short: "screens.passphrase.weakShort",
  repeats: "screens.passphrase.weakRepeats",
  common: "screens.passphrase.weakCommon",
} as const;

const bands = [
  "screens.passphrase.bandHours",
  "screens.passphrase.bandDays",
  "screens.passphrase.bandYears",
  "screens.passphrase.bandLifetimes",
] as const;

/** Where each band begins, and where the last ends: base-ten logarithms of seconds. */
const bandsAt = [3, Math.log10(86_400), Math.log10(31_557_600), Math.log10(31_557_600 * 1_000), 16] as const;

function Strength({ judged }: { readonly judged: Value<"vault.judge"> }) {
  const texts = useTexts();
  const time = useTime();
  const { band, at } = placeOf(judged.seconds);
  return (
    <div className={styles["strength"]}>
      <div role="status">
        <p className={styles["label"]}>{texts.t("screens.passphrase.holds")}</p>
        <p className={styles["time"]}>{time(judged.seconds)}</p>
        <p>{texts.t("screens.passphrase.against")}</p>
      </div>
      <div className={styles["scale"]} aria-hidden>
        <div className={styles["track"]}>
          <div style={{ inlineSize: `${at * 100}%` }} />
        </div>
        <div className={styles["bands"]}>
          {bands.map((key, index) => (
            <span key={key} data-here={index === band ? "" : undefined}>
              {texts.t(key)}
            </span>
          ))}
        </div>
      </div>
      {judged.weak === undefined ? (
        band === bands.length - 1 ? null : (
          <p className={styles["way"]}>
            <Plus aria-hidden />
            <span>{texts.t("screens.passphrase.oneMore", { time: time(judged.withOneMore) })}</span>
          </p>
        )
      ) : (
        <p className={styles["way"]}>
          <Plus aria-hidden />
          <strong>{texts.t(weaknesses[judged.weak])}</strong>
        </p>
      )}
    </div>
  );
}

/** The band a time lies in, and where on the whole scale, 0 to 1. */
function placeOf(seconds: number): { readonly band: number; readonly at: number } {
  const found = bandsAt.findLastIndex((from) => seconds >= from);
  const band = Math.min(Math.max(found, 0), bands.length - 1);
  const from = bandsAt[band] ?? 0;
  const to = bandsAt[band + 1] ?? from + 1;
  const within = Math.min(Math.max((seconds - from) / (to - from), 0), 1);
  return { band, at: (band + within) / bands.length };
}

/** A time said as people say it; two digits are more than anybody knows. */
function useTime(): (seconds: number) => string {
  const texts = useTexts();
  return (seconds) => {
    if (seconds >= bandsAt[3]) return texts.t("screens.passphrase.lifetimes");
    const all = 10 ** seconds;
    if (all < 3_600) return texts.t("screens.passphrase.minutes");
    if (all < 86_400) return texts.t("screens.passphrase.hours", { n: rounded(all / 3_600) });
    if (all < 31_557_600) return texts.t("screens.passphrase.days", { n: rounded(all / 86_400) });
    return texts.t("screens.passphrase.years", { n: rounded(all / 31_557_600) });
  };
}

function rounded(value: number): number {
  const step = value < 10 ? 1 : 10 ** Math.floor(Math.log10(value));
  return Math.max(1, Math.round(value / step) * step);
}
