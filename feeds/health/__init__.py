"""The health report: how often items come, file sizes, and what items lack."""
