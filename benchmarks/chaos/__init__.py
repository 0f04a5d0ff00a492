"""What a desk must outlive: killed processes, full disks, other programs' locks."""
