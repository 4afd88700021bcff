const stillMs = 120;

/** Resolves once the element's height has not changed for a moment. */
export const stillness = (element: Element): Promise<void> =>
  new Promise((done) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        observer.disconnect();
        done();
      }, stillMs);
    });
    observer.observe(element);
  });
