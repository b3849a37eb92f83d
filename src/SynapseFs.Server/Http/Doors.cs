namespace SynapseFs.Server.Http;

/// <summary>Which service a path belongs to. All services share one port and differ by prefix.</summary>
internal static class Doors
{
    public const string Repo = "/repo/v1";
    public const string Auth = "/auth/v1";
    public const string File = "/file/v1";

    /// <summary>The "S3" side.</summary>
    public const string Storage = "/s3";

    public static ServerService Of(string path) =>
        IsUnder(path, Repo) ? ServerService.Repo
        : IsUnder(path, Auth) ? ServerService.Auth
        : IsUnder(path, File) ? ServerService.File
        : IsUnder(path, Storage) ? ServerService.Storage
        : ServerService.Unknown;

    private static bool IsUnder(string path, string door) =>
        path.StartsWith(door, StringComparison.Ordinal) && (path.Length == door.Length || path[door.Length] == '/');
}
