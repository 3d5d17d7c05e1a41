"""What would a user pick instead? The same small dashboard, in the idiom of each; see docs/performance.md."""
