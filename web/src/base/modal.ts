const shown = new Set<HTMLDialogElement>();

/** Opens a window that leaves nothing behind it in reach. */
export function showModal(dialog: HTMLDialogElement): void {
  shown.add(dialog);
  if (!dialog.open) dialog.showModal();
}

/** True while such a window is open. The focus may be in none of its elements: a press beside them takes it away. */
export function isModalOpen(): boolean {
  for (const dialog of shown) {
    if (dialog.open && dialog.isConnected) return true;
    shown.delete(dialog);
  }

  return false;
}
