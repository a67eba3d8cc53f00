/** Everything that PIVOT serves is below this path (documented). */
export const ROOT = '/PivotWeb-3.1';
