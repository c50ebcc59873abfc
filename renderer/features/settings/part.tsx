// What the parts of the settings are made of: something that can be done, its form, how far it is, what came of it.
import { useEffect, useRef, type FormEvent, type ReactNode } from "react";
import type { Trouble } from "../../bridge/bridge.ts";
import type { Progress as Course } from "../../bridge/job.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Group } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import styles from "./settings.module.css";

/** One thing that can be done here: what it is for, then its controls. */
export function Part({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <Group title={title}>
      <div className={styles["part"]}>
        {note === undefined ? null : <p>{note}</p>}
        {children}
      </div>
    </Group>
  );
}

/** A form opened in place: Enter does it, Escape gives it up. */
export function InPlace({
  children,
  act,
  busy,
  ready,
  trouble,
  danger = false,
  onAct,
  onCancel,
}: {
  readonly children: ReactNode;
  readonly act: string;
  readonly busy: boolean;
  readonly ready: boolean;
  readonly trouble: Trouble | undefined;
  readonly danger?: boolean;
  readonly onAct: () => void;
  readonly onCancel: () => void;
}) {
  const texts = useTexts();
  const form = useRef<HTMLFormElement>(null);
  // Focus goes in when it opens, to what changes nothing where no field is; and to the part's own button when it is gone.
  useEffect(() => {
    const part = form.current?.closest("section");
    if (form.current?.querySelector("input, textarea") === null) lastButton(form.current)?.focus();
    return () => lastButton(part)?.focus();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onAct();
  };
  return (
    <form
      ref={form}
      className={styles["form"]}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !busy) onCancel();
      }}
    >
      {children}
      <TroubleNotice trouble={trouble} />
      <div className={styles["acts"]}>
        <Button
          kind={danger ? "danger" : "first"}
          type="submit"
          busy={busy}
          disabled={!ready}
          onPress={() => {}}
        >
          {act}
        </Button>
        <Button kind="quiet" disabled={busy} onPress={onCancel}>
          {texts.t("screens.common.cancel")}
        </Button>
      </div>
    </form>
  );
}

const lastButton = (inside: Element | null | undefined): HTMLButtonElement | undefined =>
  [...(inside?.querySelectorAll("button") ?? [])].at(-1);

/** How far long work is; nothing while it does not run. */
export function Running({
  what,
  busy,
  course,
  onStop,
}: {
  readonly what: string;
  readonly busy: boolean;
  readonly course: Course | undefined;
  readonly onStop: () => void;
}) {
  return busy ? (
    <Progress what={what} done={course?.done ?? 0} total={course?.total ?? 0} onStop={onStop} />
  ) : null;
}

/** What came of it; the focus goes there, since the form it stood in is gone, but not away from what is being typed. */
export function Done({ children }: { readonly children: ReactNode }) {
  const here = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!(document.activeElement instanceof HTMLInputElement)) here.current?.focus();
  }, []);
  return (
    <p ref={here} tabIndex={-1} role="status" className={styles["said"]}>
      {children}
    </p>
  );
}
