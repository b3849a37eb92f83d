using SynapseFs.Entities.Finding;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Finding;

internal sealed class FindTermTests
{
    private static readonly Dictionary<string, string> Things = new()
    {
        ["user.species"] = "Homo sapiens",
        ["user.tissue"] = "[\"brain\",\"liver\"]",
        ["user.readLength"] = "150",
        ["user.lanes"] = "[1,2]",
        ["user.big"] = "9007199254740993",
        ["user.ratio"] = "0.25",
        ["user.batch"] = "007",
        ["user.isQC"] = "true",
        ["user.collected"] = "2024-06-01T12:30:00.000Z",
        ["user.nothing"] = "[]",
        ["user.empty"] = "",
        ["user.odd"] = "a*b?c\\d",
        ["user.%73ynapse.id"] = "mine",
        ["user.synapse.id"] = "syn7",
        ["user.synapse.content-type"] = "text/plain",
    };

    [TestCase("species=Homo sapiens", true)]
    [TestCase("species=homo sapiens", false)]
    [TestCase("Species=Homo sapiens", false)]
    [TestCase("species=Homo*", true)]
    [TestCase("species=?omo sapiens", true)]
    [TestCase("species=Homo", false)]
    [TestCase("species!=Mus musculus", true)]
    [TestCase("species!=Homo*", false)]
    [TestCase("tissue=liver", true)]
    [TestCase("tissue=l*", true)]
    [TestCase("tissue=lung", false)]
    [TestCase("tissue!=liver", false)]
    [TestCase("tissue!=lung", true)]
    [TestCase("tissue>=c", true)]
    [TestCase("lanes>1", true)]
    [TestCase("lanes>2", false)]
    [TestCase("isQC=true", true)]
    public void Values_compare_exactly_and_one_of_several_is_enough(string term, bool matches) => AssertMatch(term, matches);

    [TestCase("readLength>=100", true)]
    [TestCase("readLength>=1e2", true)]
    [TestCase("readLength=150.0", true)]
    [TestCase("readLength>99.5", true)]
    [TestCase("readLength<1000", true)]
    [TestCase("readLength<=150", true)]
    [TestCase("readLength<150", false)]
    [TestCase("ratio<1", true)]
    [TestCase("big>9007199254740992", true)]
    [TestCase("big=9007199254740992", false)]
    [TestCase("species>100", false)]
    [TestCase("readLength>abc", false)]
    [TestCase("batch=7", false)]
    [TestCase("batch=007", true)]
    public void Numbers_compare_as_numbers_and_only_with_numbers(string term, bool matches) => AssertMatch(term, matches);

    [TestCase("collected=2024-06-01", true)]
    [TestCase("collected>2024-06-01", false)]
    [TestCase("collected>=2024-06-01", true)]
    [TestCase("collected<2024-06-02", true)]
    [TestCase("collected<=2024-05-31", false)]
    [TestCase("collected<=2024-06-01", true)]
    [TestCase("collected=2024-06-01T12:30Z", true)]
    [TestCase("collected=2024-06-01T14:30:00+02:00", true)]
    [TestCase("collected<2024-06-01T12:30:01Z", true)]
    [TestCase("collected=2024-06*", true)]
    [TestCase("collected>7", false)]
    public void Dates_compare_as_dates_and_a_day_is_all_of_it(string term, bool matches) => AssertMatch(term, matches);

    [TestCase("species=*", true)]
    [TestCase("nothing=*", true)]
    [TestCase("empty=*", true)]
    [TestCase("missing=*", false)]
    [TestCase("species!=*", false)]
    [TestCase("missing!=*", true)]
    [TestCase("missing!=x", false)]
    [TestCase("nothing!=x", true)]
    [TestCase("nothing=x", false)]
    [TestCase("empty=", true)]
    public void A_star_alone_asks_for_the_key(string term, bool matches) => AssertMatch(term, matches);

    [TestCase("odd=a\\*b\\?c\\\\d", true)]
    [TestCase("odd=a\\*b*", true)]
    [TestCase("odd=a\\?*", false)]
    [TestCase("synapse.id=syn7", true)]
    [TestCase("%73ynapse.id=mine", true)]
    [TestCase("synapse.content-type=text/*", true)]
    public void Signs_with_a_meaning_can_be_meant_as_they_stand_and_facts_are_found_too(string term, bool matches) => AssertMatch(term, matches);

    [TestCase("")]
    [TestCase("species")]
    [TestCase("=x")]
    [TestCase("a b=x")]
    [TestCase("./dir=x")]
    [TestCase("readLength>=")]
    [TestCase("readLength<")]
    public void What_is_no_term_is_refused_with_a_reason(string text) =>
        Assert.That(
            () => FindTerm.Parse(text),
            Throws.TypeOf<FsException>().With.Property("Error").EqualTo(FsError.InvalidArgument).And.Message.Contains($"'{text}'"));

    [Test]
    public void Keys_that_nothing_has_are_told()
    {
        var terms = FindTerms.Parse(["species=x", "speceis=x", "other!=*"]);

        terms.Match(Things);

        Assert.That(terms.UnknownKeys, Is.EqualTo(new[] { "speceis" }));
    }

    private static void AssertMatch(string term, bool matches) => Assert.That(FindTerm.Parse(term).Matches(Things), Is.EqualTo(matches));
}
