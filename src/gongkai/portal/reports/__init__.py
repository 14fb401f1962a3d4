"""政府信息公开年报：the shelf, a report with its findings, comparisons, downloads."""
