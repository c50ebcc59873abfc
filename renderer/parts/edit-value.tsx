// What a value is typed into, after its kind. The value going out is whole or `undefined` while it is not yet one.
import { useState, type KeyboardEvent } from "react";
import type { JsonValue } from "../../shared/signed-text.ts";
import { calendars, type Calendar, type PartialDate } from "../../shared/vocabulary/dates.ts";
import { StateCode } from "../../shared/vocabulary/countries.ts";
import type { FieldMeta } from "../../shared/vocabulary/fields.ts";
import type { PersonName } from "../../shared/vocabulary/names.ts";
import { useTexts } from "../i18n/texts.tsx";
import { Select, Tick } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import styles from "./edit-value.module.css";

export type EditProps = {
  readonly label: string;
  readonly meta: FieldMeta;
  /** What was typed so far: a draft, or what stands. */
  readonly typed: JsonValue | undefined;
  readonly onTyped: (value: JsonValue | undefined) => void;
  readonly people: readonly { readonly id: string; readonly label: string }[];
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly wrong?: string | undefined;
};

export function EditValue(props: EditProps) {
  const { label, meta, typed, onTyped, people } = props;
  const texts = useTexts();
  const keys = props.onKeyDown === undefined ? {} : { onKeyDown: props.onKeyDown };
  switch (meta.type) {
    case "choice":
      return (
        <Select
          label={label}
          labelHidden
          autoFocus
          options={(meta.choices ?? []).map((one) => ({ id: one, label: texts.word(one) }))}
          value={typeof typed === "string" ? typed : undefined}
          onChange={onTyped}
        />
      );
    case "state":
      return (
        <Select
          label={label}
          labelHidden
          autoFocus
          options={StateCode.options
            .map((one) => ({ id: one, label: texts.country(one) }))
            .toSorted((a, b) => a.label.localeCompare(b.label))}
          value={typeof typed === "string" ? typed : undefined}
          onChange={onTyped}
        />
      );
    case "person":
      return (
        <Select
          label={label}
          labelHidden
          autoFocus
          options={people}
          value={typeof typed === "string" ? typed : undefined}
          onChange={onTyped}
        />
      );
    case "date":
      return <EditDate {...props} />;
    case "name":
      return <EditName {...props} />;
    case "count":
      return (
        <Field
          label={label}
          labelHidden
          autoFocus
          width="short"
          value={typeof typed === "number" ? typed.toString() : ""}
          onChange={(text) => onTyped(/^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined)}
          wrong={props.wrong}
          {...keys}
        />
      );
    case "moment":
      return <EditMoment {...props} />;
    case "money":
      return <EditMoney {...props} />;
    default:
      return (
        <Field
          label={label}
          labelHidden
          autoFocus
          width="full"
          lines={meta.type === "text" ? 4 : 1}
          value={typeof typed === "string" ? typed : ""}
          onChange={(text) => onTyped(text === "" ? undefined : text)}
          wrong={props.wrong}
          {...(meta.type === "hour" ? { placeholder: "19:00", width: "short" as const } : {})}
          {...keys}
        />
      );
  }
}

/** Day, month and year apart; each may be left open, since a year alone stays a year. */
function EditDate({ label, typed, onTyped, onKeyDown, wrong }: EditProps) {
  const texts = useTexts();
  const before = typed as PartialDate | undefined;
  const [year = "", month = "", day = ""] = (before?.value ?? "").split("-");
  const [parts, setParts] = useState({ year, month, day });
  const [calendar, setCalendar] = useState<Calendar>(before?.calendar ?? "gregorian");
  const [about, setAbout] = useState(before?.approximate === true);
  const tell = (now: typeof parts, of: Calendar, approximate: boolean) =>
    onTyped(dateOf(now, of, approximate));
  const part = (name: keyof typeof parts, length: number) => (
    <Field
      label={texts.t(`screens.dates.${name}`)}
      value={parts[name]}
      autoFocus={name === "day"}
      maxLength={length}
      direction="ltr"
      onChange={(text) => {
        const now = { ...parts, [name]: text.replace(/\D/g, "") };
        setParts(now);
        tell(now, calendar, about);
      }}
      {...(onKeyDown === undefined ? {} : { onKeyDown })}
    />
  );
  return (
    <fieldset className={styles["date"]} aria-label={label}>
      <div className={styles["parts"]}>
        {part("day", 2)}
        {part("month", 2)}
        {part("year", 4)}
        <Select
          label={texts.t("screens.dates.calendar")}
          options={calendars.map((one) => ({ id: one, label: texts.t(`calendars.${one}`) }))}
          value={calendar}
          onChange={(now) => {
            setCalendar(now);
            tell(parts, now, about);
          }}
        />
      </div>
      <Tick
        value={about}
        onChange={(now) => {
          setAbout(now);
          tell(parts, calendar, now);
        }}
      >
        {texts.t("screens.dates.about")}
      </Tick>
      <p className={styles["hint"]}>{wrong ?? texts.t("screens.dates.partHint")}</p>
    </fieldset>
  );
}

function dateOf(
  { year, month, day }: { readonly year: string; readonly month: string; readonly day: string },
  calendar: Calendar,
  approximate: boolean,
): PartialDate | undefined {
  if (year.length !== 4 || (day !== "" && month === "")) return undefined;
  const value = [
    year,
    ...(month === "" ? [] : [month.padStart(2, "0")]),
    ...(day === "" ? [] : [day.padStart(2, "0")]),
  ];
  return {
    value: value.join("-"),
    precision: value.length === 3 ? "day" : value.length === 2 ? "month" : "year",
    calendar,
    ...(approximate ? { approximate: true as const } : {}),
  };
}

const ofScript: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Arabic}/u, "Arab"],
  [/\p{Script=Cyrillic}/u, "Cyrl"],
  [/\p{Script=Ethiopic}/u, "Ethi"],
  [/\p{Script=Myanmar}/u, "Mymr"],
  [/\p{Script=Devanagari}/u, "Deva"],
  [/\p{Script=Bengali}/u, "Beng"],
  [/\p{Script=Hebrew}/u, "Hebr"],
  [/\p{Script=Han}/u, "Hans"],
  [/\p{Script=Thai}/u, "Thai"],
];
/** The script most of a name is written in, by its first letter that has one. */
export const scriptOf = (text: string): string =>
  ofScript.find(([letters]) => letters.test(text))?.[1] ?? "Latn";

/** The name as it is written; its parts where they are known. */
function EditName({ typed, onTyped, onKeyDown, wrong }: EditProps) {
  const texts = useTexts();
  const before = typed as PersonName | undefined;
  const [name, setName] = useState<Partial<PersonName>>(before ?? {});
  const tell = (now: Partial<PersonName>) => {
    setName(now);
    const full = now.full?.trim() ?? "";
    onTyped(full === "" ? undefined : ({ ...now, full, script: now.script ?? scriptOf(full) } as JsonValue));
  };
  const part = (key: "full" | "given" | "family" | "father") => (
    <Field
      label={texts.t(`screens.names.${key}`)}
      width="full"
      autoFocus={key === "full"}
      value={name[key] ?? ""}
      onChange={(text) => {
        const { [key]: _gone, ...rest } = name;
        tell(text === "" ? rest : { ...rest, [key]: text });
      }}
      {...(key === "full" ? { wrong } : {})}
      {...(onKeyDown === undefined ? {} : { onKeyDown })}
    />
  );
  return (
    <div className={styles["name"]}>
      {part("full")}
      <div className={styles["parts"]}>
        {part("given")}
        {part("family")}
        {part("father")}
      </div>
      <Tick
        value={name.oneName === true}
        onChange={(one) => {
          const { oneName: _gone, ...rest } = name;
          tell(one ? { ...rest, oneName: true } : rest);
        }}
      >
        {texts.t("screens.names.oneName")}
      </Tick>
    </div>
  );
}

function EditMoment({ typed, onTyped, onKeyDown, wrong }: EditProps) {
  const texts = useTexts();
  const before = typed as { local: string; zone?: string } | undefined;
  const [date = "", time = ""] = (before?.local ?? "").split("T");
  const [now, setNow] = useState({ date, time, zone: before?.zone ?? "" });
  const tell = (next: typeof now) => {
    setNow(next);
    const local = `${next.date}T${next.time}`;
    onTyped(
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)
        ? { local, ...(next.zone === "" ? {} : { zone: next.zone }) }
        : undefined,
    );
  };
  const part = (key: keyof typeof now, placeholder: string) => (
    <Field
      label={texts.t(`screens.dates.${key}`)}
      value={now[key]}
      placeholder={placeholder}
      direction="ltr"
      autoFocus={key === "date"}
      onChange={(text) => tell({ ...now, [key]: text.trim() })}
      {...(key === "date" ? { wrong } : {})}
      {...(onKeyDown === undefined ? {} : { onKeyDown })}
    />
  );
  return (
    <div className={styles["parts"]}>
      {part("date", "2026-11-24")}
      {part("time", "19:00")}
      {part("zone", "Africa/Nairobi")}
    </div>
  );
}

function EditMoney({ typed, onTyped, onKeyDown, wrong }: EditProps) {
  const texts = useTexts();
  const before = typed as { amount: string; currency: string } | undefined;
  const [now, setNow] = useState({ amount: before?.amount ?? "", currency: before?.currency ?? "" });
  const tell = (next: typeof now) => {
    setNow(next);
    onTyped(next.amount !== "" && /^[A-Z]{3}$/.test(next.currency) ? next : undefined);
  };
  const keys = onKeyDown === undefined ? {} : { onKeyDown };
  return (
    <div className={styles["parts"]}>
      <Field
        label={texts.t("screens.money.amount")}
        value={now.amount}
        direction="ltr"
        autoFocus
        onChange={(text) => tell({ ...now, amount: text.trim() })}
        wrong={wrong}
        {...keys}
      />
      <Field
        label={texts.t("screens.money.currency")}
        value={now.currency}
        direction="ltr"
        maxLength={3}
        placeholder="EUR"
        onChange={(text) => tell({ ...now, currency: text.toUpperCase() })}
        {...keys}
      />
    </div>
  );
}
