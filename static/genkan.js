(() => {
  const page = document;
  const { src: ownAddress } = page.currentScript;
  const reachable = new WeakSet();
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

  const copyFrom = async (button) => {
    const { innerText } = page.getElementById(button.getAttribute('aria-controls'));
    await navigator.clipboard.writeText(innerText);
    button.textContent = button.dataset.done;
    announce(button.dataset.done);
  };

  const prepare = () => {
    const helpers = ['reveal', 'print', ...(navigator.clipboard ? ['copy'] : [])];
    for (const helper of helpers)
      for (const shown of page.querySelectorAll(`[data-gk-${helper}]`)) shown.hidden = false;
    for (const button of page.querySelectorAll('.gk-language [form]'))
      if (button.name === 'language') button.removeAttribute('form');
      else button.remove();
    const entry = page.querySelector('[data-gk-entry]')?.dataset.gkEntry ?? location.pathname;
    for (const link of page.querySelectorAll('.gk-nav a, .gk-account a'))
      if (link.pathname === entry) link.setAttribute('aria-current', 'page');
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

  page.addEventListener('click', ({ target }) => {
    closeMenus(target.closest?.('a') ? undefined : target.closest?.('[data-gk-menu]'));
    const button = target.closest?.('[data-gk-reveal]');
    if (button) reveal(button, button.firstElementChild.textContent === button.dataset.show);
    if (target.closest?.('[data-gk-print]')) print();
    const language = target.closest?.('.gk-language [name=language]');
    if (language && page.getElementById('gk-form')) {
      // Only for this click: else Enter in a field would press it.
      language.setAttribute('form', 'gk-form');
      setTimeout(() => language.removeAttribute('form'));
    }
    const copy = target.closest?.('[data-gk-copy]');
    if (copy) copyFrom(copy);
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

  const forgetAlerts = () => {
    page.getElementById('gk-offline')?.remove();
    page.getElementById('gk-alert')?.remove();
  };

  const sayOffline = () => {
    const box = page.createElement('p');
    box.id = 'gk-offline';
    box.className = 'gk-notice gk-notice--error';
    box.setAttribute('role', 'alert');
    box.tabIndex = -1;
    box.textContent = page.body.dataset.textOffline;
    forgetAlerts();
    page.getElementById('main').prepend(box);
    box.focus();
  };

  // The browser's own error page would lose what was typed: a form leaves once the server has answered.
  const leave = async (event) => {
    const { target: form, submitter } = event;
    if (reachable.delete(form) || !form.requestSubmit) return;
    event.preventDefault();
    if (sent.has(form)) return;
    sent.add(form);
    try {
      const signal = AbortSignal.timeout(20000);
      await fetch(ownAddress, { method: 'HEAD', cache: 'no-store', signal });
    } catch {
      sent.delete(form);
      sayOffline();
      return;
    }
    forgetAlerts();
    reachable.add(form);
    // The language's buttons belong to the page's form only for their click.
    const isOfForm = !submitter || submitter.form === form;
    if (!isOfForm) submitter.setAttribute('form', form.id);
    form.requestSubmit(submitter);
    if (!isOfForm) submitter.removeAttribute('form');
    setTimeout(() => sent.delete(form), 20000);
  };

  // The language's buttons send the page's form elsewhere, as a whole page.
  page.addEventListener(
    'submit',
    (event) => {
      if (!event.submitter?.closest('.gk-language')) return;
      event.stopImmediatePropagation();
      void leave(event);
    },
    true,
  );

  // Forms that HTMX sends are already prevented here, and hx-sync drops their second click.
  page.addEventListener('submit', (event) => {
    if (event.defaultPrevented || event.target.method !== 'post') return;
    void leave(event);
    if (!event.defaultPrevented) acted('yes');
  });
  addEventListener('pageshow', () => {
    sent = new WeakSet();
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

  page.addEventListener('htmx:before:request', forgetAlerts);

  page.addEventListener('htmx:error', ({ detail }) => {
    const answered = detail.ctx?.text !== undefined;
    if (detail.ctx && !answered) sayOffline();
  });

  prepare();
  if (acted('no') && !page.querySelector('[autofocus]') && page.activeElement === page.body)
    page.querySelector('#main h1')?.focus({ preventScroll: true });
})();
