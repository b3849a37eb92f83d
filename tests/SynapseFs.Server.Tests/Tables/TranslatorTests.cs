using SynapseFs.Server.Tables.Sql;

namespace SynapseFs.Server.Tests.Tables;

internal sealed class TranslatorTests
{
    [TestCase("select name from syn1 order by name", "Ada\nbob\nÉmile\nO'Brien")]
    [TestCase("SELECT * FROM SYN1 WHERE ROW_ID = 1", """Ada,36,1.5,true,1420070400000,syn5,["red","Blue"],[1,2],x y,{"a":1,"b":"two"},Zürich,7""")]
    [TestCase("select row_id, ROW_VERSION from syn1 where age = 41", "2,1\n4,2")]
    [TestCase("select name from syn1 where name = 'ADA'", "Ada")]
    [TestCase("select name from syn1 where name = 'emile'", "Émile")]
    [TestCase("select name from syn1 where name <> 'ada' order by name desc limit 2", "O'Brien\nÉmile")]
    [TestCase("select name from syn1 where name like 'E%'", "Émile")]
    [TestCase("select name from syn1 where name not like '%B%'", "Ada\nÉmile")]
    [TestCase("select name from syn1 where name like 'a_a'", "Ada")]
    [TestCase("select name from syn1 where name = 'O''Brien'", "O'Brien")]
    [TestCase("select name from syn1 where name in ('ada', 'BOB') order by 1", "Ada\nbob")]
    [TestCase("select name from syn1 where name not in ('ada', 'BOB') and age is not null", "O'Brien")]
    [TestCase("select name from syn1 where age in (36, 40 + 1) order by name", "Ada\nbob\nO'Brien")]
    [TestCase("select distinct city from syn1 order by city", "~\nParis\nZürich")]
    [TestCase("select city, count(*) from syn1 group by city order by count(*) desc, city", "Zürich,2\n~,1\nParis,1")]
    [TestCase("select city as c, COUNT(*) as n from syn1 group by c order by n desc, c limit 1", "Zürich,2")]
    [TestCase("select count(distinct city), count(distinct city, age) from syn1", "2,2")]
    [TestCase("select avg(age), min(age), max(age), sum(age), count(age) from syn1", "39.333333333333336,36,41,118,3")]
    [TestCase(
        "select std(age), variance(age), var_samp(age) from syn1 where age > 0", "2.357022603955158,5.555555555555554,8.33333333333333")]
    [TestCase("select bit_or(age), bit_and(age), bit_xor(age) from syn1 where age = 41", "41,41,0")]
    [TestCase("select group_concat(name order by name desc separator ';') from syn1", "O'Brien;Émile;bob;Ada")]
    [TestCase("select group_concat(distinct city) from syn1 where city like 'z%'", "Zürich")]
    [TestCase("select json_arrayagg(age) from syn1", "[36, 41, null, 41]")]
    [TestCase("select name from syn1 where age between 30 and '40'", "Ada")]
    [TestCase("select name from syn1 where age not between 30 and 40", "bob\nO'Brien")]
    [TestCase("select name from syn1 where age is null or (age > 36 and not alive = true)", "bob\nÉmile")]
    [TestCase("select name from syn1 where alive is true", "Ada\nO'Brien")]
    [TestCase("select name from syn1 where alive is not true", "bob\nÉmile")]
    [TestCase("select name from syn1 where alive = 'false'", "bob")]
    [TestCase("select name from syn1 where alive is unknown", "Émile")]
    [TestCase("select name from syn1 where born = '2015-01-01'", "Ada\nO'Brien")]
    [TestCase("select name from syn1 where born > 1420070400000", "bob")]
    [TestCase("select name from syn1 where entity = 'syn5' and entity in ('SYN5.2', '9')", "Ada\nO'Brien")]
    [TestCase("select score from syn1 where isNaN(score)", "NaN")]
    [TestCase("select score from syn1 where ISINFINITY(score)", "Infinity")]
    [TestCase("select max(score), sum(age + score) from syn1 where row_id <> 3", "1.5,76.25")]
    [TestCase("select name from syn1 where score is null", "bob")]
    [TestCase("select name from syn1 where tags has ('red', 'none')", "Ada\nO'Brien")]
    [TestCase("select name from syn1 where tags has ('RED')", "")]
    [TestCase("select name from syn1 where tags not has ('red')", "bob")]
    [TestCase("select name from syn1 where tags has_like ('b%')", "Ada")]
    [TestCase("select name from syn1 where tags has_like ('50|%') escape '|'", "O'Brien")]
    [TestCase("select name from syn1 where tags has_like ('%\\%')", "O'Brien")]
    [TestCase("select name from syn1 where tags not has_like ('red')", "bob\nÉmile")]
    [TestCase("select name from syn1 where numbers has (3)", "bob\nO'Brien")]
    [TestCase("select unnest(tags), count(*) from syn1 group by unnest(tags) order by 2 desc, 1", "red,2\n~,1\n50%,1\nBlue,1\ngreen,1")]
    [TestCase("select name, unnest(numbers) as n from syn1 order by n, name", "Émile,~\nAda,1\nAda,2\nO'Brien,2\nbob,3\nO'Brien,3")]
    [TestCase("select current_user() from syn1 limit 1", "42")]
    [TestCase("select upper(name), lower(name) from syn1 where row_id = 3", "ÉMILE,émile")]
    [TestCase("select concat(name, '-', age) from syn1 where row_id in (1, 3)", "Ada-36\n~")]
    [TestCase("select replace(name, 'A', 'E'), trim(' x ') from syn1 limit 1", "Eda,x")]
    [TestCase(
        "select ifnull(age, 0), coalesce(age, score, 1), nullif(age, 41) from syn1 where row_id > 1", "41,41,~\n0,Infinity,~\n41,41,~")]
    [TestCase("select round(score), round(score, 1), crc32('abc') from syn1 where row_id in (1, 4)", "2,1.5,891568578\n-2,-2.3,891568578")]
    [TestCase("select age / 2, age div 2, age % 5, -age, age * 2 - 1 from syn1 where row_id = 2", "20.5,20,1,-41,81")]
    [TestCase("select age / 0, age div 0, age % 0 from syn1 where row_id = 2", "~,~,~")]
    [TestCase("select case when age > 40 then 'old' when age is null then 'who' else 'young' end from syn1", "young\nold\nwho\nold")]
    [TestCase("select case city when 'zurich' then 1 else 2 end from syn1", "1\n1\n2\n2")]
    [TestCase("select cast(age as STRING), cast('12' as INTEGER), cast(score as INTEGER), cast('1.5' as DOUBLE) from syn1 where row_id = 1", "36,12,2,1.5")]
    [TestCase("select cast(age as 11) from syn1 where row_id = 1", "36")]
    [TestCase("select from_unixtime(born/1000), year(from_unixtime(born/1000)) from syn1 where row_id = 2", "2016-01-01 00:00:00,2016")]
    [TestCase("select unix_timestamp('2015-01-01'), dayname('2026-11-23'), monthname('2026-11-23') from syn1 limit 1", "1420070400,Monday,November")]
    [TestCase("select dayofweek('2026-11-23'), dayofyear('2026-11-23'), weekofyear('2026-11-23'), quarter('2026-11-23') from syn1 limit 1", "2,327,48,4")]
    [TestCase(
        "select week('2008-02-20'), week('2008-02-20', 1), yearweek('1987-01-01'), week('2000-01-01') from syn1 limit 1", "7,8,198652,0")]
    [TestCase("select hour('10:11:12'), minute('2026-11-23 10:11:12'), second('10:11:12'), microsecond('10:11:12.5') from syn1 limit 1", "10,11,12,500000")]
    [TestCase("select now(), current_timestamp, current_date, current_time() from syn1 limit 1", "2026-11-23 01:02:03,2026-11-23 01:02:03,2026-11-23,01:02:03")]
    [TestCase(
        "select now() - interval 1 month, date('2026-11-23 05:00') + interval 2 day from syn1 limit 1", "2026-10-23 01:02:03,2026-11-25")]
    [TestCase("select name from syn1 where born < unix_timestamp(now() - interval 11 year)*1000", "Ada\nO'Brien")]
    [TestCase("select json_extract(doc, '$.b'), json_unquote(json_extract(doc, '$.b')) from syn1 where row_id = 1", "\"two\",two")]
    [TestCase("select name from syn1 where json_extract(doc, '$.a') > 1", "bob\nO'Brien")]
    [TestCase("select name from syn1 where json_extract(doc, '$.b') = 'two'", "Ada\nO'Brien")]
    [TestCase("select json_object('n', name, 't', tags), json_array(age, 'x', null) from syn1 where row_id = 1", """{"n": "Ada", "t": ["red","Blue"]},[36, "x", null]""")]
    [TestCase("select name from syn1 where json_overlaps(numbers, '[2, 9]') is true", "Ada\nO'Brien")]
    [TestCase("select json_search(tags, 'one', 'red') from syn1 where row_id < 3", "\"$[0]\"\n~")]
    [TestCase("select \"two words\" from syn1 where `two words` = 'X Y'", "x y\nx y")]
    [TestCase("select name from syn1 where \"two words\" = ''", "Émile")]
    [TestCase("select t.name from syn1 as t where t.age = 36;", "Ada")]
    [TestCase("select name from syn1 where text_matches('brien nobody')", "O'Brien")]
    [TestCase("select 5, 'x', 1.5 from syn1 limit 1 offset 1", "5,x,1.5")]
    [TestCase("select * from syn2", "syn55,seen")]
    [TestCase("select * from syn2 where name = 'x' or id is not null", "syn55,seen")]
    [TestCase("select count(*) from syn2", "1")]
    [TestCase("select row_etag from syn2 where row_benefactor = 100", "e1")]
    [TestCase("select city from syn3 where n > 1", "Zürich")]
    [TestCase("select sum(n) from syn3 defining_where age is not null where n > 0", "3")]
    [TestCase("select people from syn4.7 where city = 'BERN'", "130")]
    public void A_query_yields_its_rows(string sql, string rows)
    {
        using var bench = SqlSamples.Make();

        var found = bench.Rows(sql);

        Assert.That(found, Is.EqualTo(rows));
    }

    [TestCase("select nothing from syn1", "Unknown column nothing")]
    [TestCase("select NAME from syn1", "Unknown column NAME")]
    [TestCase("select name from syn1 where nothing = 1", "Column does not exist: nothing")]
    [TestCase("select name from syn1 order by nothing", "Unknown column 'nothing' in 'order clause'")]
    [TestCase("select name from syn1 group by nothing", "Unknown column 'nothing' in 'group statement'")]
    [TestCase("select name from syn1 where isnan(age)", "Function: ISNAN can only be used with a column of type DOUBLE.")]
    [TestCase("select name from syn1 where name has ('x')", "The HAS keyword only works for columns that hold list values")]
    [TestCase("select unnest(name) from syn1", "UNNEST() only works for columns that hold list values")]
    [TestCase("select * from syn1 join syn2 on syn1.name = syn2.name", "The JOIN keyword is not supported in this context")]
    [TestCase("select * from syn1 defining_where age > 1", "DEFINING_WHERE can only be used with a common table expression")]
    [TestCase("select * from syn9", "Schema for syn9 is empty.")]
    [TestCase("select * from table", "Invalid Entity ID: table")]
    [TestCase("select row_etag from syn1", "Unknown column row_etag")]
    [TestCase("select row_id from syn3", "Unknown column row_id")]
    [TestCase("select name from syn2 where text_matches('x')", "Full text search is not enabled on table syn2.")]
    [TestCase("select null from syn1", "Unknown column NULL")]
    [TestCase("select cast(age as TEXT) from syn1", "No enum constant")]
    [TestCase("select date from syn1", "Unknown column 'DATE' in 'field list'")]
    [TestCase("select upper(name, name) from syn1", "Incorrect parameter count in the call to native function 'UPPER'")]
    public void What_a_query_cannot_mean_is_refused(string sql, string reason)
    {
        using var bench = SqlSamples.Make();

        Assert.That(
            () => bench.Rows(sql),
            Throws.TypeOf<Errors.ServiceException>().With.Message.Contains(reason).And.Property("Error").EqualTo(
                Errors.ServiceError.BadRequest));
    }

    [TestCase("select name, age from syn1", "name:STRING:11 age:INTEGER:12", true)]
    [TestCase("select name as n, age from syn1", "n:STRING: age:INTEGER:", true)]
    [TestCase("select count(*), max(born), avg(age) from syn1", "COUNT(*):INTEGER: MAX(born):DATE: AVG(age):DOUBLE:", false)]
    [TestCase("select distinct name from syn1", "name:STRING:", false)]
    [TestCase(
        "select unnest(numbers), \"two words\", 'x', 3 from syn1", "UNNEST(numbers):INTEGER: two words:STRING: x:STRING: 3:DOUBLE:", true)]
    [TestCase("select age+1, cast(age as STRING) as s from syn1", "age+1:INTEGER: s:STRING:", true)]
    [TestCase("select * from syn3", "city:STRING:41 n:INTEGER:42", false)]
    public void Headers_tell_names_types_and_plain_columns(string sql, string headers, bool hasRowIds)
    {
        using var bench = SqlSamples.Make();

        var query = bench.Translate(sql, new TranslationOptions());

        Assert.That(
            string.Join(' ', query.Columns.Select(column => $"{column.Name}:{column.ColumnType}:{column.Id}")), Is.EqualTo(headers));
        Assert.That(query.HasRowIds, Is.EqualTo(hasRowIds));
    }

    [Test]
    public void Rows_lead_with_id_version_and_a_views_etag()
    {
        using var bench = SqlSamples.Make();

        var rows = bench.Rows("select name from syn2", new TranslationOptions { IncludeEtag = true });

        Assert.That(rows, Is.EqualTo("55,3,e1,seen"));
    }

    [TestCase("select name from syn1", 2_097_152 / 200)]
    [TestCase("select count(*) from syn1", 2_097_152 / 20)]
    [TestCase("select name as x from syn1", 2_097_152 / 4000)]
    [TestCase("select * from syn1", 2_097_152 / (200 + 20 + 23 + 5 + 20 + 44 + 8000 + 2000 + 200 + 2133 + 120 + 20))]
    public void A_page_holds_as_many_of_the_widest_rows_as_fit(string sql, long most)
    {
        using var bench = SqlSamples.Make();

        Assert.That(bench.Translate(sql, new TranslationOptions { MaxBytes = 2_097_152 }).MaxRowsPerPage, Is.EqualTo(most));
    }

    [Test]
    public void A_materialized_view_joins_and_keeps_the_benefactors_of_its_views()
    {
        using var bench = SqlSamples.Make();

        var query = bench.Translate(
            "select t.name as name, v.name as seen from syn1 t left join syn2 v on (t.row_id = v.row_id) where t.age = 36",
            new TranslationOptions { IsBuild = true });

        Assert.That(bench.Rows(query), Is.EqualTo("Ada,~,-1"));
        Assert.That(query.BenefactorColumns, Is.EqualTo((string[])["ROW_BENEFACTOR_A1"]));
        Assert.That(query.Schema.Select(column => column.MaximumSize), Is.EqualTo((long?[])[50, 256]));
    }

    [TestCase("select city as c from syn1 union select city as c from syn4.7", "~\nBern\nParis\nzurich")]
    [TestCase("select city as c from syn1 where age = 41 union all select city from syn4.7", "ZURICH\n~\nzurich\nBern")]
    [TestCase("select a.city, b.people from syn1 a right join syn4.7 b on a.city = b.city order by b.people desc, a.name", "Zürich,400\nZURICH,400\n~,130")]
    public void A_materialized_view_unites(string sql, string rows)
    {
        using var bench = SqlSamples.Make();

        Assert.That(bench.Rows(sql, new TranslationOptions { IsBuild = true }), Is.EqualTo(rows));
    }

    [Test]
    public void A_materialized_view_of_a_view_cannot_group()
    {
        using var bench = SqlSamples.Make();

        Assert.That(
            () => bench.Translate("select name, count(*) from syn2 group by name", new TranslationOptions { IsBuild = true }),
            Throws.TypeOf<Errors.ServiceException>().With.Message.StartsWith(
                "The defining SQL of a materialized view with a view dependency"));
    }

    [Test]
    public void Thousands_of_values_and_conditions_are_one_query()
    {
        using var bench = SqlSamples.Make();
        var many = string.Join(", ", Enumerable.Range(0, 50_000).Select(i => $"'x{i}'"));
        var either = string.Join(" OR ", Enumerable.Range(0, 5_000).Select(i => $"age = {i}"));

        Assert.That(bench.Rows($"select count(*) from syn1 where name in ({many}, 'ada')"), Is.EqualTo("1"));
        Assert.That(bench.Rows($"select count(*) from syn1 where {either}"), Is.EqualTo("3"));
    }
}
