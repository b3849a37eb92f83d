using System.Security;

namespace SynapseFs.Server.Errors;

/// <summary>Refusals in the words of S3, which are XML.</summary>
internal static class StorageErrors
{
    public static string Xml(string code, string message) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + $"<Error><Code>{SecurityElement.Escape(code)}</Code><Message>{SecurityElement.Escape(message)}</Message></Error>";

    public static string CodeOf(int status) => status switch
    {
        403 => "AccessDenied",
        404 => "NoSuchKey",
        412 => "PreconditionFailed",
        416 => "InvalidRange",
        429 or 503 => "SlowDown",
        _ => "InternalError",
    };
}
