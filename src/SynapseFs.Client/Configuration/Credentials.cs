namespace SynapseFs.Client.Configuration;

/// <summary>Who the caller is, and where that was found.</summary>
internal sealed record Credentials(string? Token, string? UserName, string Profile, string Source)
{
    /// <summary>Source of the order: Python's <c>credential_provider</c> and <c>configuration_services</c>, release 4.13.</summary>
    public static Credentials Find(ConfigurationRequest request, IniFile file, List<string> notices)
    {
        var profile = FindProfile(request);
        if (!string.IsNullOrWhiteSpace(request.Token))
            return new Credentials(request.Token.Trim(), request.UserName, profile, "the token given with the command");
        var section = FindSection(file, profile);
        var userName = section is null ? null : NullIfBlank(file.Get(section, "username"));
        var token = section is null ? null : NullIfBlank(file.Get(section, "authtoken"));
        if (token is not null && request.UserName is { } wanted && userName is not null && wanted != userName)
        {
            notices.Add($"Section [{section}] of {file.Path} belongs to {userName}, not to {wanted}; its token is not used.");
            token = null;
        }
        if (token is not null)
            return new Credentials(token, request.UserName ?? userName, profile, $"section [{section}] of {file.Path}");
        if (NullIfBlank(request.Environment(SynapseConfiguration.TokenVariable)) is { } fromEnvironment)
            return new Credentials(fromEnvironment, request.UserName ?? userName, profile,
                $"the environment variable {SynapseConfiguration.TokenVariable}");
        return new Credentials(null, request.UserName ?? userName, profile,
            $"nowhere: no authtoken in {file.Path} and no {SynapseConfiguration.TokenVariable}; run 'synapsefs login'");
    }

    private static string FindProfile(ConfigurationRequest request) =>
        NullIfBlank(request.Profile) ?? NullIfBlank(request.Environment(SynapseConfiguration.ProfileVariable))
            ?? SynapseConfiguration.DefaultProfile;

    private static string? FindSection(IniFile file, string profile)
    {
        var section = SynapseConfiguration.SectionOf(profile);
        if (!file.IsEmpty(section))
            return section;
        if (profile != SynapseConfiguration.DefaultProfile)
            throw new SynapseConfigurationException(
                $"Profile '{profile}' is not in {file.Path}: section [{section}] is missing or empty. {Known(file)}");
        return file.IsEmpty(SynapseConfiguration.LegacySection) ? null : SynapseConfiguration.LegacySection;
    }

    private static string Known(IniFile file)
    {
        var known = file.Sections.Where(name => name.StartsWith("profile ", StringComparison.Ordinal)).Select(name => name[8..]).ToList();
        return known.Count == 0
            ? "The file names no profile; add one with 'synapsefs login --profile NAME'."
            : $"It has: {string.Join(", ", known)}. Name one of these, or add yours with 'synapsefs login --profile NAME'.";
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
