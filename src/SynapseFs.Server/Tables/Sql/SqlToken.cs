namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// One token and where it begins (1-based, tabs reach to the next multiple of 8). <paramref name="Image"/> is what was written; of a
/// quoted one <paramref name="Value"/> is what stands between the quotes, with doubled quotes as one.
/// </summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Image, string Value, int Line, int Column);
