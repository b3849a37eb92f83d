namespace SynapseFs.Fuse.Mounting;

/// <summary>/etc/fuse.conf, as fusermount3 reads it: one word a line, '#' begins a comment.</summary>
internal static class FuseConfiguration
{
    public const string DefaultPath = "/etc/fuse.conf";

    private const string AllowOther = "user_allow_other";

    public static void RequireAllowOther()
    {
        if (!PermitsAllowOther(DefaultPath))
            throw AllowOtherRefused();
    }

    public static FuseMountException AllowOtherRefused() => new(
        MountFailure.AllowOtherRefused,
        $"allow_other is refused by {DefaultPath}: let an administrator add the line '{AllowOther}' to it, "
        + "or mount without --allow-other.");

    public static bool PermitsAllowOther(string path)
    {
        try
        {
            return File.ReadLines(path).Any(line => line.Trim() == AllowOther);
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // fusermount3 is setuid and can read what we cannot: let it decide.
            return true;
        }
    }
}
