/** A button whose deed cannot be undone, and is asked for twice. */
import { useId, useRef, type ReactNode } from "react";
import { strings } from "../strings/shell";

interface ConfirmProps {
  label: string;
  question: string;
  onConfirm: () => void;
  disabled?: boolean;
  children?: ReactNode;
}

export function Confirm({ label, question, onConfirm, disabled, children }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  return (
    <>
      <button type="button" className="danger" disabled={disabled} onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} aria-labelledby={title}>
        <p id={title}>{question}</p>
        {children}
        <div className="row">
          <button
            type="button"
            className="danger"
            onClick={() => {
              dialog.current?.close();
              onConfirm();
            }}
          >
            {strings.confirm.yes(label)}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            {strings.confirm.no}
          </button>
        </div>
      </dialog>
    </>
  );
}
