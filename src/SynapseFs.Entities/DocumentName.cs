namespace SynapseFs.Entities;

/// <summary>The parts of a shown name like <c>samples.json</c> or <c>samples%syn5.json</c>.</summary>
/// <param name="Name">The entity's name.</param>
/// <param name="Id">The id in the name; null when there is none.</param>
internal readonly record struct DocumentName(string Name, string? Id);
