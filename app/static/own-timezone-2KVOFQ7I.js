var e=document.querySelector("select[data-own-timezone]"),t=Intl.DateTimeFormat().resolvedOptions().timeZone;e?.value==="UTC"&&[...e.options].some(o=>o.value===t)&&(e.value=t);
