using System.Globalization;
using SynapseFs.Api;

namespace SynapseFs.Entities.Past;

/// <summary>
/// The remote id of an entity as it stood at a moment: <c>syn5@2024-06-01T00:00:00.000Z</c>. Stored with the row, so it must never change its
/// form. A file whose version of then is known has that version's id instead.
/// </summary>
/// <param name="Id">The entity's, without a version.</param>
/// <param name="Moment">To the millisecond.</param>
internal readonly record struct PastId(string Id, DateTimeOffset Moment)
{
    public static PastId Parse(string text) =>
        text.Split('@') is [var id, var moment]
        && DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            ? new PastId(id, parsed)
            : throw new FormatException($"'{text}' is no id of something past.");

    public override string ToString() => $"{Id}@{SynapseDateConverter.Text(Moment)}";
}
