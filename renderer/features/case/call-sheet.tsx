// The call sheet of a case: looked at, and printed to lie beside the telephone.
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import { useNames } from "../../bridge/names.tsx";
import { useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PrintPaper } from "../../parts/print-paper.tsx";
import { Page } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Paper } from "../../ui/paper.tsx";
import { NamesState } from "../../ui/signs.tsx";

export function CallSheet({ of }: { readonly of: CaseId }) {
  const texts = useTexts();
  const { back } = useWay();
  const names = useNames();
  const shown = names.shown === of;
  const sheet = useAsk("paper.callSheet", { case: of }, { when: shown });
  return (
    <Page
      title={texts.t("screens.case.callSheet")}
      lead={texts.t("screens.case.callSheetLead")}
      back={{ label: texts.t("screens.common.back"), onPress: back }}
      beside={<NamesState shown={shown} onShow={() => names.show(of)} onCover={names.cover} />}
      aside={<PrintPaper what={{ callSheet: of }} />}
      fill={shown}
    >
      <TroubleNotice trouble={sheet.trouble} />
      {shown && sheet.value !== undefined ? (
        <Paper html={sheet.value.html} label={texts.t("screens.case.callSheet")} />
      ) : (
        <Note>{texts.t("screens.case.callSheetCovered")}</Note>
      )}
    </Page>
  );
}
