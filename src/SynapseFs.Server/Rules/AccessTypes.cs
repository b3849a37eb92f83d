namespace SynapseFs.Server.Rules;

/// <summary>The words of an ACL.</summary>
internal static class AccessTypes
{
    public const string Read = "READ";
    public const string Download = "DOWNLOAD";
    public const string Update = "UPDATE";
    public const string Create = "CREATE";
    public const string Delete = "DELETE";
    public const string ChangePermissions = "CHANGE_PERMISSIONS";
    public const string ChangeSettings = "CHANGE_SETTINGS";
    public const string Moderate = "MODERATE";

    /// <summary>What the creator of a project gets; also the types that GET /access answers for.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Read, Download, Update, Delete, Create, ChangePermissions, ChangeSettings, Moderate];

    /// <summary>Accepted in an entity's ACL though without meaning there.</summary>
    public static IReadOnlyList<string> Harmless { get; } =
    [
        "UPLOAD", "SUBMIT", "PARTICIPATE", "READ_PRIVATE_SUBMISSION", "UPDATE_SUBMISSION", "DELETE_SUBMISSION",
        "TEAM_MEMBERSHIP_UPDATE", "SEND_MESSAGE",
    ];
}
