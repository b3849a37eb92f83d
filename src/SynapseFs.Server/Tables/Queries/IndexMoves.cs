using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>The index has no longer what a query was translated for: somebody changed the columns in between.</summary>
internal sealed class IndexMovedException(ServiceException refusal) : Exception(refusal.Message, refusal)
{
    /// <summary>What is told if it does not help to ask again.</summary>
    public ServiceException Refusal => refusal;
}

/// <summary>
/// A query is translated first and runs afterwards, and nothing holds the index still in between. Column names of the index are made of
/// column ids, so a schema that changed meanwhile shows as a name that is not there, never as wrong values; then all is done again.
/// </summary>
internal static class IndexMoves
{
    private const int MostTries = 10;

    /// <param name="ask">Translates and runs; nothing of it is to be seen when it fails.</param>
    public static T Follow<T>(Func<T> ask)
    {
        for (var left = MostTries - 1; ; left--)
        {
            try
            {
                return ask();
            }
            catch (IndexMovedException moved)
            {
                if (left == 0)
                {
                    throw moved.Refusal;
                }
            }
        }
    }
}
