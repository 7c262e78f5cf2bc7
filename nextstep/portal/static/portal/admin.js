// Gives names to the controls that Django's admin scripts leave without one.
(function () {
  'use strict'

  function nameSelects () {
    for (const box of document.querySelectorAll('.select2-selection[role="combobox"]')) {
      const select = box.closest('.select2-container').previousElementSibling
      const label = select && select.id && document.querySelector(`label[for="${select.id}"]`)
      if (label) {
        label.id = label.id || `${select.id}_label`
        box.setAttribute('aria-labelledby', `${label.id} ${box.getAttribute('aria-labelledby') || ''}`.trim())
      }
    }
  }

  // Select2 is set up when the document is ready; this runs after it.
  window.addEventListener('load', nameSelects)
  document.addEventListener('formset:added', () => window.setTimeout(nameSelects))
})()
