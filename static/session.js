/* Says before the session ends that it will, and lets it go on. */
(() => {
  const page = document;

  // The server counts: whatever another tab did lets the session go on here too.
  const WARNING_SECONDS = 120;
  const ASK_AGAIN_SECONDS = 15;
  let watch;
  let formerFocus;

  const watchIn = (seconds) => {
    clearTimeout(watch);
    watch = setTimeout(() => askSession('GET'), seconds * 1000);
  };

  const showSession = ({ secondsLeft, canGoOn }) => {
    const box = page.querySelector('[data-gk-session]');
    if (!box) return;
    const isNear = secondsLeft <= WARNING_SECONDS;
    const shown = secondsLeft <= 0 ? 'over' : canGoOn ? 'ends' : 'final';
    for (const part of box.children) part.hidden = !isNear || part.dataset.gkPart !== shown;
    if (isNear && box.hidden) formerFocus = page.activeElement;
    box.hidden = !isNear;
    if (!isNear) watchIn(secondsLeft - WARNING_SECONDS);
    else if (secondsLeft > 0) watchIn(Math.min(secondsLeft, ASK_AGAIN_SECONDS));
  };

  const askSession = async (method) => {
    try {
      const { gkAskedAt } = page.querySelector('[data-gk-session]').dataset;
      showSession(await (await fetch(gkAskedAt, { method })).json());
      return true;
    } catch {
      watchIn(ASK_AGAIN_SECONDS);
      return false;
    }
  };

  const goOn = async (button) => {
    if (!(await askSession('POST')) || button.offsetParent) return;
    page.getElementById('gk-live').textContent = button.dataset.goneOn;
    (formerFocus?.isConnected ? formerFocus : page.querySelector('#main h1'))?.focus();
  };

  const begin = () => {
    clearTimeout(watch);
    const session = page.querySelector('[data-gk-session]')?.dataset;
    if (session)
      showSession({ secondsLeft: +session.gkSession, canGoOn: session.gkCanGoOn === 'true' });
  };

  page.addEventListener('click', ({ target }) => {
    const button = target.closest?.('[data-gk-go-on]');
    if (button) void goOn(button);
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void askSession('GET');
  });
  page.addEventListener('visibilitychange', () => {
    if (!page.hidden && page.querySelector('[data-gk-session]')) void askSession('GET');
  });
  page.addEventListener('htmx:finally:swap', begin);
  begin();
})();
