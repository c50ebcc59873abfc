// A paper as a PDF in a place she chooses; that it is not locked is said before and after.
import { useState } from "react";
import type { Value } from "../bridge/bridge.ts";
import { useAct } from "../bridge/queries.tsx";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { Note, TroubleNotice } from "../ui/notice.tsx";
import { PlaceChooser } from "./place-chooser.tsx";
import type { Asked } from "../../shared/ipc/method.ts";
import type { Contract } from "../../shared/ipc/contract.ts";

export function PrintPaper({ what }: { readonly what: Asked<Contract["paper.print"]>["what"] }) {
  const texts = useTexts();
  const print = useAct("paper.print");
  const [choosing, setChoosing] = useState(false);
  const [done, setDone] = useState<Value<"paper.print">>();
  return (
    <>
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
          <Button kind="first" busy={print.busy} onPress={() => setChoosing(true)}>
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
