// What the ways to begin have in common: choosing where it is kept, and the acts at the foot of a step.
import type { ReactNode } from "react";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { Button } from "../../ui/button.tsx";
import styles from "./unlock.module.css";

/** A folder that was chosen. */
export type Chosen = { readonly token: string; readonly name: string };

/** A column in the middle of an empty paper; links at its foot. */
export function Middle({
  children,
  foot,
  wide = false,
}: {
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly wide?: boolean;
}) {
  return (
    <div className={styles["door"]}>
      <main className={`${styles["middle"]} ${wide ? styles["wide"] : ""}`} id="page" tabIndex={-1}>
        {children}
      </main>
      {foot === undefined ? null : <footer className={styles["foot"]}>{foot}</footer>}
    </div>
  );
}

export function Head({ title, lead }: { readonly title: string; readonly lead: string }) {
  return (
    <div className={styles["head"]}>
      <h1>{title}</h1>
      <p>{lead}</p>
    </div>
  );
}

/** An empty folder, or a new one whose name says nothing. */
export function ChooseEmpty({
  onChoose,
  onLeave,
}: {
  readonly onChoose: (folder: Chosen) => void;
  readonly onLeave: () => void;
}) {
  const texts = useTexts();
  return (
    <>
      <Head title={texts.t("screens.unlock.folderTitle")} lead={texts.t("screens.unlock.folderLead")} />
      <PlaceChooser
        want="folder"
        holds="nothing"
        newName={texts.t("screens.unlock.folderName")}
        onChoose={(token, name) => onChoose({ token, name })}
        onClose={onLeave}
      />
    </>
  );
}

/** The step's one act, given by Enter too, and the way back. */
export function Acts({
  label,
  busy = false,
  disabled = false,
  onBack,
}: {
  readonly label: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onBack: () => void;
}) {
  const texts = useTexts();
  return (
    <div className={styles["acts"]}>
      <Button kind="first" type="submit" busy={busy} disabled={disabled} onPress={() => {}}>
        {label}
      </Button>
      <Button kind="quiet" disabled={busy} onPress={onBack}>
        {texts.t("screens.common.back")}
      </Button>
    </div>
  );
}
