/* Who or what is chosen in a list, and everybody at once. */
(() => {
  const page = document;

  const showSelection = () => {
    const form = page.querySelector('[data-gk-selection]');
    if (!form) return;
    const boxes = [...form.querySelectorAll(form.dataset.gkSelection)];
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
      for (const box of form.querySelectorAll(form.dataset.gkSelection))
        box.checked = target.checked;
    showSelection();
    page.getElementById('gk-live').textContent =
      form.querySelector('[data-gk-selected]')?.textContent ?? '';
  });

  addEventListener('pageshow', showSelection);
  page.addEventListener('htmx:finally:swap', showSelection);
  showSelection();
})();
