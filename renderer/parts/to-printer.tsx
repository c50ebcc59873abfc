// To a printer: those of this laptop, what they may keep, how it goes, and what to look at when it is done.
import { Printer } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Value } from "../bridge/bridge.ts";
import { useJob } from "../bridge/job.ts";
import { useAct, useAsk } from "../bridge/queries.tsx";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { Note, TroubleNotice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import { Row, Rows } from "../ui/rows.tsx";
import type { Asked } from "../../shared/ipc/method.ts";
import type { Contract } from "../../shared/ipc/contract.ts";

type One = Value<"paper.printers">["printers"][number];
type What = Asked<Contract["paper.send"]>["what"] | { readonly words: string };

/**
 * The button that lists printers, and what comes of it, for a screen to place. `none`: what to do where there is no printer;
 * `done`: what to look at then.
 */
export function useToPrinter({
  what,
  label,
  none,
  done,
  first = false,
}: {
  readonly what: What;
  readonly label: string;
  readonly none: string;
  readonly done: (printer: string) => string;
  readonly first?: boolean;
}): { readonly button: ReactNode; readonly course: ReactNode } {
  const texts = useTexts();
  const [choosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState<One>();
  const [printed, setPrinted] = useState(false);
  const here = useAsk("paper.printers", {}, { when: choosing });
  const sendPaper = useAct("paper.send");
  const sendWords = useAct("paper.sendWords");
  const job = useJob();
  const place = useRef<HTMLDivElement>(null);
  const acting = "words" in what ? sendWords : sendPaper;
  const { busy, trouble } = acting;
  // What had the focus is gone: the row that was chosen, or the way to stop.
  useEffect(() => {
    if (chosen !== undefined && document.activeElement === document.body)
      place.current?.querySelector("button")?.focus();
  }, [busy, chosen]);
  const open = () => {
    setPrinted(false);
    acting.forget();
    // A printer may have been plugged in since.
    if (choosing || here.value !== undefined || here.trouble !== undefined) here.again();
    setChoosing(true);
  };
  const print = async (one: One) => {
    setChosen(one);
    setChoosing(false);
    const { printer } = one;
    const sent =
      "words" in what
        ? await sendWords.act({ words: what.words, printer, job: job.start() })
        : await sendPaper.act({ what, printer, job: job.start() });
    setPrinted(sent !== undefined);
  };
  const printers = here.value?.printers ?? [];
  return {
    button: (
      <div ref={place}>
        <Button kind={first ? "first" : "plain"} busy={busy} expanded={choosing} onPress={open}>
          {label}
        </Button>
      </div>
    ),
    course: (
      <>
        {busy && chosen !== undefined ? (
          <Progress
            what={texts.t("screens.paper.printing", { printer: chosen.shown })}
            done={0}
            total={0}
            onStop={job.stop}
          />
        ) : null}
        {trouble?.type === "Cancelled" ? (
          <p role="status">{texts.t("screens.paper.stopped")}</p>
        ) : (
          <TroubleNotice trouble={trouble ?? (choosing ? here.trouble : undefined)} />
        )}
        {printed && chosen !== undefined ? (
          <div role="status">
            <Note>{done(chosen.shown)}</Note>
          </div>
        ) : null}
        {choosing && here.value !== undefined && printers.length === 0 ? (
          <>
            <p role="status">{none}</p>
            <div>
              <Button onPress={here.again}>{texts.t("screens.paper.look")}</Button>
            </div>
          </>
        ) : null}
        {choosing && printers.length > 0 ? (
          <Rows label={texts.t("screens.paper.printers")}>
            {printers.map((one) => (
              <Row
                key={one.printer}
                icon={<Printer aria-hidden />}
                title={<bdi>{one.shown}</bdi>}
                note={texts.t(
                  one.usual ? `screens.paper.usual.${one.where}` : `screens.paper.reached.${one.where}`,
                )}
                onPress={() => void print(one)}
              />
            ))}
          </Rows>
        ) : null}
      </>
    ),
  };
}
