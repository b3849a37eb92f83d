[assembly: Platform("Linux", Reason = "There is no /dev/fuse elsewhere.")]
