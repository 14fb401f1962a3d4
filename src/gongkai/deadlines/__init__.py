"""工作日历与期限：the work calendar, due dates with their working, clocks."""
