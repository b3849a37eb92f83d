namespace SynapseFs.Entities.Access;

/// <summary>
/// What may be done with an entity, in the steps that Synapse's web page offers; each is made of the service's access types. Pure.
/// </summary>
public static class AccessLevels
{
    private static readonly (string Name, string[] Types)[] Steps =
    [
        ("view", ["READ"]),
        ("download", ["READ", "DOWNLOAD"]),
        ("edit", ["READ", "DOWNLOAD", "CREATE", "UPDATE"]),
        ("edit-and-delete", ["READ", "DOWNLOAD", "CREATE", "UPDATE", "DELETE"]),
        ("admin", ["READ", "DOWNLOAD", "CREATE", "UPDATE", "DELETE", "CHANGE_PERMISSIONS", "CHANGE_SETTINGS", "MODERATE"]),
    ];

    // All that the service takes in an entity's list; those behind MODERATE mean nothing there.
    private static readonly string[] Types =
    [
        "READ", "DOWNLOAD", "CREATE", "UPDATE", "DELETE", "CHANGE_PERMISSIONS", "CHANGE_SETTINGS", "MODERATE", "UPLOAD", "SUBMIT",
        "PARTICIPATE", "READ_PRIVATE_SUBMISSION", "UPDATE_SUBMISSION", "DELETE_SUBMISSION", "TEAM_MEMBERSHIP_UPDATE", "SEND_MESSAGE",
    ];

    /// <summary>From the least to the most.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Steps.Select(step => step.Name)];

    internal static string Words => string.Join(", ", Names);

    /// <summary>The access types of a level, or null when there is none of that name.</summary>
    internal static IReadOnlySet<string>? TypesOf(string level) =>
        Steps.Where(step => step.Name.Equals(level, StringComparison.OrdinalIgnoreCase)).Select(step => step.Types.ToHashSet()).FirstOrDefault();

    /// <summary>The level that is exactly these access types, or null.</summary>
    internal static string? LevelOf(IReadOnlySet<string> types) =>
        Steps.Where(step => types.SetEquals(step.Types)).Select(step => step.Name).FirstOrDefault();

    /// <summary>The service's word for an access type, whatever its capitals; null for none.</summary>
    internal static string? TypeOf(string text) => Types.FirstOrDefault(type => type.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>In the order of the levels; unknown ones last.</summary>
    internal static IEnumerable<string> Order(IEnumerable<string> types) =>
        types.OrderBy(type => Array.IndexOf(Types, type) is >= 0 and var known ? known : Types.Length).ThenBy(type => type, StringComparer.Ordinal);
}
