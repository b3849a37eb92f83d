namespace SynapseFs.Server.Rules;

/// <summary>User names are one and the same whatever their case and punctuation.</summary>
internal static class UserAlias
{
    public static string Of(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
