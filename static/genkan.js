(() => {
  const page = document;
  let sent = new WeakSet();

  // Whether the page is the answer to a form; browsers may refuse to remember anything.
  const acted = (answer) => {
    try {
      const { sessionStorage: kept } = page.defaultView;
      const before = kept.getItem('gk-acted');
      kept.setItem('gk-acted', answer);
      return before === 'yes';
    } catch {
      return false;
    }
  };

  const announce = (text) => {
    const live = page.getElementById('gk-live');
    if (live) live.textContent = text;
  };

  const reveal = (button, visible) => {
    const input = page.getElementById(button.getAttribute('aria-controls'));
    const { show, hide, shown, hidden } = button.dataset;
    input.type = visible ? 'text' : 'password';
    button.firstElementChild.textContent = visible ? hide : show;
    announce(visible ? shown : hidden);
  };

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
      showSession(await (await fetch('/session', { method })).json());
      return true;
    } catch {
      watchIn(ASK_AGAIN_SECONDS);
      return false;
    }
  };

  const goOn = async (button) => {
    if (!(await askSession('POST')) || button.offsetParent) return;
    announce(button.dataset.goneOn);
    (formerFocus?.isConnected ? formerFocus : page.querySelector('#main h1'))?.focus();
  };

  const prepare = () => {
    clearTimeout(watch);
    const session = page.querySelector('[data-gk-session]')?.dataset;
    if (session)
      showSession({ secondsLeft: +session.gkSession, canGoOn: session.gkCanGoOn === 'true' });
    for (const shown of page.querySelectorAll('[data-gk-reveal], [data-gk-file]'))
      shown.hidden = false;
    for (const field of page.querySelectorAll('[data-gk-here]'))
      field.value = location.pathname + location.search;
    showSelection();
    const place = page.querySelector('[data-gk-chapter]')?.dataset.gkChapter ?? location.pathname;
    for (const link of page.querySelectorAll('.gk-nav a'))
      if (link.pathname === place) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
  };

  const closeMenus = (except) => {
    for (const menu of page.querySelectorAll('[data-gk-menu][open]'))
      if (menu !== except) menu.open = false;
  };

  page.addEventListener('keydown', ({ key, target }) => {
    if (key !== 'Escape') return;
    target.closest?.('[data-gk-menu]')?.querySelector('summary').focus();
    closeMenus();
  });

  const showSelection = () => {
    const form = page.querySelector('[data-gk-selection]');
    if (!form) return;
    const boxes = [...form.querySelectorAll('[name=accountId]')];
    const count = boxes.filter(({ checked }) => checked).length;
    const all = form.querySelector('[data-gk-all]');
    all.hidden = boxes.length === 0;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    const selected = form.querySelector('[data-gk-selected]');
    if (!selected) return;
    const words = selected.dataset.text.replace('#', count);
    selected.hidden = count === 0;
    form.querySelector('[data-gk-unselected]').hidden = count > 0;
    if (selected.textContent !== words) selected.textContent = words;
    form.classList.toggle('gk-has-selection', count > 0);
  };

  page.addEventListener('change', ({ target }) => {
    const form = target.closest?.('[data-gk-selection]');
    if (!form) return;
    if ('gkAll' in target.dataset)
      for (const box of form.querySelectorAll('[name=accountId]')) box.checked = target.checked;
    showSelection();
    announce(form.querySelector('[data-gk-selected]')?.textContent ?? '');
  });

  page.addEventListener('click', ({ target }) => {
    closeMenus(target.closest?.('a') ? undefined : target.closest?.('[data-gk-menu]'));
    const button = target.closest?.('[data-gk-reveal]');
    if (button) reveal(button, button.firstElementChild.textContent === button.dataset.show);
    const goingOn = target.closest?.('[data-gk-go-on]');
    if (goingOn) void goOn(goingOn);
  });

  // A file goes as text into the field below it: forms are sent without files.
  page.addEventListener('change', async ({ target }) => {
    const file = target.closest?.('[data-gk-file]') && target.files[0];
    if (!file) return;
    const bytes = await file.arrayBuffer();
    const field = page.getElementById(target.getAttribute('aria-controls'));
    try {
      field.value = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      field.value = new TextDecoder('shift_jis').decode(bytes);
    }
    field.focus();
  });

  // A password must not leave the page as a text field: browsers remember what text fields held.
  page.addEventListener(
    'submit',
    ({ target }) => {
      for (const button of target.querySelectorAll('[data-gk-reveal]'))
        if (page.getElementById(button.getAttribute('aria-controls')).type === 'text')
          reveal(button, false);
    },
    true,
  );

  // Forms that HTMX sends are already prevented here, and hx-sync drops their second click.
  page.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (sent.has(form)) event.preventDefault();
    sent.add(form);
    acted('yes');
    setTimeout(() => sent.delete(form), 20000);
  });
  addEventListener('pageshow', ({ persisted }) => {
    sent = new WeakSet();
    showSelection();
    if (persisted) void askSession('GET');
  });
  page.addEventListener('visibilitychange', () => {
    if (!page.hidden && page.querySelector('[data-gk-session]')) void askSession('GET');
  });

  page.addEventListener('htmx:finally:swap', ({ detail }) => {
    prepare();
    const main = page.getElementById('main');
    const title = detail.ctx?.title;
    if (!title || !main) return;
    const notice = main.querySelector('.gk-notice')?.textContent.trim() ?? '';
    announce(`${title} ${notice}`.trim());
    const wanted = location.hash && page.getElementById(location.hash.slice(1));
    if (wanted) wanted.focus();
    else if (!main.querySelector('[autofocus]'))
      main.querySelector('h1')?.focus({ preventScroll: true });
  });

  page.addEventListener('htmx:before:request', () => {
    page.getElementById('gk-offline')?.remove();
    page.getElementById('gk-alert')?.remove();
  });

  page.addEventListener('htmx:error', ({ detail }) => {
    const answered = detail.ctx?.text !== undefined;
    if (!detail.ctx || answered) return;
    const box = page.createElement('p');
    box.id = 'gk-offline';
    box.className = 'gk-notice gk-notice--error';
    box.setAttribute('role', 'alert');
    box.tabIndex = -1;
    box.textContent = page.body.dataset.textOffline;
    page.getElementById('gk-offline')?.remove();
    page.getElementById('main').prepend(box);
    box.focus();
  });

  prepare();
  if (acted('no') && !page.querySelector('[autofocus]') && page.activeElement === page.body)
    page.querySelector('#main h1')?.focus({ preventScroll: true });
})();
