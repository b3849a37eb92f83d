namespace SynapseFs.Store.Staging;

/// <summary>Where an open staged file stands in its area.</summary>
/// <param name="Era">How often the area had been rescued when it was opened: its bytes lie elsewhere after the next time.</param>
/// <param name="Creations">How many files had been made in the area by then: its name is on the disk when the names of so many are.</param>
internal readonly record struct StagedPlace(long Number, int Era, long Creations);
