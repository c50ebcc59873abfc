// A paper to a printer, or as a PDF in a place she chooses; what is kept of it, and that it is not locked, is said before and after.
import { useState } from "react";
import type { Value } from "../bridge/bridge.ts";
import { useAct } from "../bridge/queries.tsx";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { Note, TroubleNotice } from "../ui/notice.tsx";
import { PlaceChooser } from "./place-chooser.tsx";
import { useToPrinter } from "./to-printer.tsx";
import type { Asked } from "../../shared/ipc/method.ts";
import type { Contract } from "../../shared/ipc/contract.ts";

export function PrintPaper({ what }: { readonly what: Asked<Contract["paper.print"]>["what"] }) {
  const texts = useTexts();
  const print = useAct("paper.print");
  const [choosing, setChoosing] = useState(false);
  const [done, setDone] = useState<Value<"paper.print">>();
  const printer = useToPrinter({
    what,
    label: texts.t("screens.paper.toPrinter"),
    none: texts.t("screens.paper.none"),
    done: (name) => texts.t("screens.paper.printed", { printer: name }),
    first: true,
  });
  return (
    <>
      {printer.button}
      {printer.course}
      <p>{texts.t("screens.paper.keeps")}</p>
      <TroubleNotice trouble={print.trouble} />
      {choosing ? (
        <PlaceChooser
          want="folder"
          title={texts.t("screens.paper.where")}
          onClose={() => setChoosing(false)}
          onChoose={(folder) => {
            setChoosing(false);
            setDone(undefined);
            void print.act({ what, folder }).then(setDone);
          }}
        />
      ) : (
        <div>
          <Button busy={print.busy} onPress={() => setChoosing(true)}>
            {texts.t("screens.paper.print")}
          </Button>
        </div>
      )}
      {done === undefined ? (
        <p>{texts.t("screens.paper.unlocked")}</p>
      ) : (
        <div role="status">
          <Note>{texts.t("screens.paper.saved", { file: done.file, size: texts.size(done.bytes) })}</Note>
        </div>
      )}
    </>
  );
}
