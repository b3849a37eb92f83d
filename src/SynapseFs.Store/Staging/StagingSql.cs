namespace SynapseFs.Store.Staging;

/// <summary>Every statement about the files in <c>staging/</c> as such.</summary>
internal static class StagingSql
{
    public const string LastNumber = "SELECT last_number FROM staging";

    public const string Begin = "INSERT INTO staging (last_number) VALUES ($1)";

    public const string GiveNumbers = "UPDATE staging SET last_number = max(last_number, $1) + $2 RETURNING last_number";

    /// <summary>Numbers of all files that a staged content needs.</summary>
    public const string Needed = "SELECT number FROM staged UNION SELECT base_staged FROM staged WHERE base_staged IS NOT NULL";
}
