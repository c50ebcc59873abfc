// An extract that came here, to be read: a page by itself, from which nothing else is reached.
import { useState } from "react";
import type { BundleId } from "../../../shared/vocabulary/ids.ts";
import { useNames } from "../../bridge/names.tsx";
import { useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PrintPaper } from "../../parts/print-paper.tsx";
import { Page } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Paper } from "../../ui/paper.tsx";
import { NamesState } from "../../ui/signs.tsx";

export function Dossier({ bundle }: { readonly bundle: BundleId }) {
  const texts = useTexts();
  const { back } = useWay();
  const { covered } = useNames();
  const [shown, setShown] = useState(false);
  const all = useAsk("exchange.dossiers", {});
  const page = useAsk("exchange.dossier", { bundle }, { when: shown });
  const one = all.value?.dossiers.find((dossier) => dossier.bundle === bundle);
  if (covered && shown) setShown(false);
  return (
    <Page
      title={texts.t("screens.receive.dossier.title")}
      lead={
        one === undefined
          ? undefined
          : texts.t("screens.receive.dossier.from", {
              who: one.from?.name ?? texts.t("screens.receive.notContact"),
              office: one.from?.office ?? "",
              number: one.number,
              when: texts.dayShort(one.at),
            })
      }
      back={{ label: texts.t("screens.common.back"), onPress: back }}
      beside={<NamesState shown={shown} onShow={() => setShown(true)} onCover={() => setShown(false)} />}
      aside={<PrintPaper what={{ dossier: bundle }} />}
      fill={shown}
    >
      <TroubleNotice trouble={page.trouble ?? all.trouble} />
      {shown && page.value !== undefined ? (
        <Paper html={page.value.html} label={texts.t("screens.receive.dossier.title")} />
      ) : (
        <Note>{texts.t("screens.receive.dossier.covered")}</Note>
      )}
    </Page>
  );
}
