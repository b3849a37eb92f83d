namespace SynapseFs.Entities.Access;

/// <summary>What stands in <c>access.json</c>, as a person wrote it.</summary>
/// <param name="Inherits">Whether what is above decides.</param>
/// <param name="InheritsFrom">What is said to decide; it follows from the place and cannot be chosen.</param>
/// <param name="SharedWith">Access types by name; null: left out.</param>
internal sealed record SharingText(
    bool Inherits, string? InheritsFrom, IReadOnlyDictionary<string, IReadOnlySet<string>>? SharedWith);
