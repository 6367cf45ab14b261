"""Pictures of a plan: frames in, one self-contained HTML page out."""
