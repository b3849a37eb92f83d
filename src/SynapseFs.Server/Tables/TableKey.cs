using System.Globalization;

namespace SynapseFs.Server.Tables;

/// <summary>A table or view as SQL names it: <c>syn123</c> is the living one, <c>syn123.4</c> a snapshot.</summary>
internal readonly record struct TableKey(long Id, long? Version)
{
    public override string ToString() => Version is { } version
        ? string.Create(CultureInfo.InvariantCulture, $"syn{Id}.{version}")
        : string.Create(CultureInfo.InvariantCulture, $"syn{Id}");
}
