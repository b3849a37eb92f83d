namespace SynapseFs.Core.Providers;

/// <summary>An extended attribute that somebody sets, as its kind understands it.</summary>
/// <param name="Name">The attribute's full name; the one given may have said more.</param>
/// <param name="Value">What is shown from now on.</param>
/// <param name="Form">How the value is to be understood when it is sent, in the kind's own words; null: by its text.</param>
public sealed record WantedXattr(string Name, string Value, string? Form);
