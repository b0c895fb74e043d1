"""Words by which the import recognises what a workbook holds."""
